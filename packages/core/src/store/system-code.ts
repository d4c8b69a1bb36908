/**
 * What the code of an error of the system means for a file, and how to fix it.
 *
 * @example
 * explainSystemCode("ENOSPC"); // "the disk is full; make room and run again, nothing is lost"
 */
export function explainSystemCode(code: string): string {
  switch (code) {
    case "ENOENT":
      return "it is not there (any more); look whether the folder was moved or removed";
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full; make room and run again, nothing is lost";
    case "EROFS":
      return "the file system is mounted read-only; remount it writable and run again, nothing is lost";
    case "EACCES":
    case "EPERM":
      return "it may not be read or written by this user; check its owner and mode";
    case "EEXIST":
      return "something else has that name; look at it, then move it away";
    case "EFTYPE":
      return "it is no regular file but a pipe, device, socket or link; inspect it (ls -l), then remove it";
    case "EFBIG":
      return "it is too long to be what it should be; inspect it (ls -l), then move it away";
    case "EMFILE":
    case "ENFILE":
      return "too many files are open; close some programs or raise the limit (ulimit -n), and run again, nothing is lost";
    case "EIO":
      return "the disk reports an error; check it (dmesg), and run again";
    case "EISDIR":
      return "it is a folder, expected a file";
    case "ENOTDIR":
      return "a part of the path is a file, expected a folder";
    case "ERR_ENCODING_INVALID_ENCODED_DATA":
      return "it is not UTF-8";
    default:
      return `the system says ${code}`;
  }
}
