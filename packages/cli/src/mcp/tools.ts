import { answer } from "./answer.ts";
import { approve } from "./approve.ts";
import { list } from "./list.ts";
import { logs } from "./logs.ts";
import { plan } from "./plan.ts";
import { questions } from "./questions.ts";
import { reject } from "./reject.ts";
import { resume } from "./resume.ts";
import { start } from "./start.ts";
import { status } from "./status.ts";
import { stop } from "./stop.ts";
import type { Tool } from "./tool.ts";
import { wait } from "./wait.ts";

/** All tools, in the order in which a parent needs them. */
export const tools: readonly Tool[] = [
  start,
  wait,
  status,
  questions,
  answer,
  plan,
  approve,
  reject,
  resume,
  stop,
  logs,
  list,
];
