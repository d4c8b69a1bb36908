/**
 * What the code of an error of the system means for a file, and what to do about it.
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
    case "EACCES":
    case "EPERM":
      return "it may not be read or written by this user; check its owner and mode";
    case "EEXIST":
      return "something else has that name; look at it, then move it away";
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
