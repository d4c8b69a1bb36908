/** The event of a record that says that lines of an old copy of the overview were reverted. */
export const staleEvent = "edit.stale";
