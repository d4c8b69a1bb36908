// A preload for the binary (`node --require`): it counts every call that changes the disk below `FAULT_ROOT`
// or starts a process, and at number `FAULT_AT` of them lets this very process suffer a fault. The binary itself
// knows nothing of it.
//
//   FAULT_CALL   count only the calls of this name, as the log tells it; without it all of them
//   FAULT_LOG    file that gets one JSON line a call: `{name, at}`, and `torn` for one that writes bytes
//   FAULT_MODE   before   the kill signal comes instead of the call
//                after    it comes when the call is done
//                half     it comes when half of the bytes are written
//                E…       this call and all that follow fail with this error of the system
//   FAULT_SIGNAL the kill signal, SIGKILL unless told
const childProcess = require("node:child_process");
const fs = require("node:fs");
const { relative, resolve } = require("node:path");

const { FAULT_ROOT: root = "/", FAULT_LOG: log, FAULT_CALL: only } = process.env;
const mode = process.env.FAULT_MODE ?? "before";
const faultAt = Number(process.env.FAULT_AT ?? 0);
const signal = process.env.FAULT_SIGNAL ?? "SIGKILL";
const { openSync, writeSync, closeSync, appendFileSync } = fs;

/** How often each call was made. */
const counts = new Map();
let calls = 0;
/** Calls that Node makes inside of another one are part of it. */
let depth = 0;
/** Paths of open files by descriptor. */
const paths = new Map();

function placeOf(target) {
  const path = typeof target === "number" ? paths.get(target) : String(target);
  if (path === undefined) return undefined;
  const place = relative(root, resolve(path));
  return place.startsWith("..") ? undefined : place;
}

function die() {
  process.kill(process.pid, signal);
  // One that is caught takes a moment to arrive, for any thread of the process may be told.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
}

/** Counts a call and says what is to happen to it. */
function faultOf(call, place, facts) {
  const name = `${call} ${withoutChance(place)}`;
  const at = (counts.get(name) ?? 0) + 1;
  counts.set(name, at);
  if (log !== undefined) appendFileSync(log, `${JSON.stringify({ name, at, ...facts })}\n`);
  const isCounted = only === undefined || only === name;
  if (isCounted) calls += 1;
  // A disk that takes no more writes lets files be removed, unless none may be changed at all.
  if (mode.startsWith("E"))
    return faultAt > 0 && calls >= faultAt && isRefused(call) ? mode : undefined;
  return isCounted && calls === faultAt ? mode : undefined;
}

/** Times and ids differ from run to run; a call must have the same name in each. */
function withoutChance(place) {
  return place
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.-]+Z/g, "TIME")
    .replaceAll(/\d\d-\d\d-\d\d-(?=[a-z])/g, "DATE-")
    .replaceAll(/\d\d-\d\d-\d{4}-(?=\d{3}-)/g, "TIME-")
    .replaceAll(/[0-9a-f]{40}/g, "COMMIT")
    .replaceAll(/(?<=\.alive\.)[0-9a-f]+/g, "ID");
}

function isRefused(call) {
  if (call === "spawn" || call === "fsyncSync") return false;
  return mode !== "ENOSPC" || !/^(?:unlink|rm|ftruncate)/.test(call);
}

function failWith(code, call, place) {
  throw Object.assign(new Error(`${code}: made by the test, ${call} '${place}'`), {
    code,
    syscall: call,
    path: place,
  });
}

function wrap(
  owner,
  name,
  { target = (args) => args[0], isCounted = () => true, half, keep } = {},
) {
  const original = owner[name];
  const call = (args, run) => {
    const place = placeOf(target(args));
    if (depth > 0 || place === undefined || !isCounted(args)) return run();
    const fault = faultOf(name, place, half === undefined ? {} : { torn: true });
    if (fault?.startsWith("E")) failWith(fault, name, place);
    if (fault === "before") die();
    if (fault === "half") {
      half(args);
      die();
    }
    depth += 1;
    let result;
    try {
      result = run();
    } finally {
      depth -= 1;
    }
    if (fault === "after") {
      if (typeof result?.then === "function") return result.finally(die);
      die();
    }
    return result;
  };
  owner[name] = function wrapped(...args) {
    const result = call(args, () => original.apply(this, args));
    keep?.(args, result);
    return result;
  };
}

const { O_WRONLY, O_RDWR } = fs.constants;
const writes = ([, flags = "r"]) =>
  typeof flags === "number" ? (flags & (O_WRONLY | O_RDWR)) !== 0 : flags !== "r";
const halfOf = (data) => {
  const bytes = Buffer.from(data);
  return bytes.subarray(0, Math.floor(bytes.length / 2));
};

wrap(fs, "openSync", { isCounted: writes, keep: ([path], file) => paths.set(file, String(path)) });
wrap(fs, "closeSync", { isCounted: () => false, keep: ([file]) => paths.delete(file) });
wrap(fs, "writeSync", { half: ([file, data]) => writeSync(file, halfOf(data)) });
for (const name of ["fsyncSync", "fdatasyncSync"]) wrap(fs, name);
wrap(fs, "ftruncateSync", { isCounted: ([file, size = 0]) => fs.fstatSync(file).size !== size });
for (const name of ["writeFileSync", "appendFileSync"]) {
  wrap(fs, name, {
    half: ([target, data]) => {
      if (typeof target === "number") return writeSync(target, halfOf(data));
      const file = openSync(target, name === "writeFileSync" ? "w" : "a");
      writeSync(file, halfOf(data));
      closeSync(file);
    },
  });
}
const second = { target: (args) => args[1] };
for (const name of ["renameSync", "linkSync", "symlinkSync", "copyFileSync"])
  wrap(fs, name, second);
const single = ["unlink", "rm", "rmdir", "mkdir", "truncate", "chmod", "utimes"];
const isThere = ([path]) => fs.lstatSync(path, { throwIfNoEntry: false }) !== undefined;
const isMissing = ([path]) => !isThere([path]);
/** A folder that is there, and a file that is not, are no change. */
const changes = { mkdir: isMissing, rm: isThere, rmdir: isThere, unlink: isThere };
for (const name of single) wrap(fs, `${name}Sync`, { isCounted: changes[name] });
for (const name of single) wrap(fs.promises, name, { isCounted: changes[name] });
for (const name of ["writeFile", "appendFile"]) wrap(fs.promises, name);
for (const name of ["rename", "link", "symlink", "copyFile"]) wrap(fs.promises, name, second);
wrap(fs.promises, "open", { isCounted: writes });

// A process that is started counts wherever it works.
const { spawn } = childProcess;
childProcess.spawn = function wrapped(command, args, options) {
  const words = Array.isArray(args) ? args : [];
  const line = [command, ...words]
    .join(" ")
    .replaceAll(root, ".")
    .replaceAll(/ -c \S+/g, "");
  const fault = faultOf("spawn", line.slice(0, 200));
  if (fault === "before") die();
  const child = spawn.call(this, command, args, options);
  if (fault === "after") die();
  return child;
};
