import { expect, test } from "vitest";
import { explainSystemCode } from "../src/store/system-code.ts";

const full = "the disk is full; make room and run again, nothing is lost";
const forbidden = "it may not be read or written by this user; check its owner and mode";
const tooMany =
  "too many files are open; close some programs or raise the limit (ulimit -n), and run again, nothing is lost";

test.each([
  ["ENOENT", "it is not there (any more); look whether the folder was moved or removed"],
  ["ENOSPC", full],
  ["EDQUOT", full],
  [
    "EROFS",
    "the file system is mounted read-only; remount it writable and run again, nothing is lost",
  ],
  ["EACCES", forbidden],
  ["EPERM", forbidden],
  [
    "EFTYPE",
    "it is no regular file but a pipe, device, socket or link; inspect it (ls -l), then remove it",
  ],
  ["EFBIG", "it is too long to be what it should be; inspect it (ls -l), then move it away"],
  ["EMFILE", tooMany],
  ["ENFILE", tooMany],
  ["EIO", "the disk reports an error; check it (dmesg), and run again"],
  ["EEXIST", "something else has that name; look at it, then move it away"],
  ["EISDIR", "it is a folder, expected a file"],
  ["ENOTDIR", "a part of the path is a file, expected a folder"],
  ["ERR_ENCODING_INVALID_ENCODED_DATA", "it is not UTF-8"],
  ["EUNHEARDOF", "the system says EUNHEARDOF"],
  ["", "the system says "],
])("%s is explained with its cure", (code, words) => {
  expect(explainSystemCode(code)).toBe(words);
});
