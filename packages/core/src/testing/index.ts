export { sessionEvents } from "./sample-events.ts";
export { serializeSession, sessionModel } from "./session-model.ts";
