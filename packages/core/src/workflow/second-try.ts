/**
 * What one more try may cure, although trying again and again would not: a new conversation does not have the
 * fault of the old one, and another process may have renewed a login meanwhile.
 */
export const secondTries = ["conversation", "login"] as const;
export type SecondTry = (typeof secondTries)[number];
