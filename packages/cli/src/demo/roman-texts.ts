/** What the investigator found out. */
export const dive = `# Dive: Roman numerals

**Answer**: \`roman.js\` needs one function more, with the table that is there.

**Today**: \`toRoman\` (roman.js:8) goes down the table of numerals. Nothing reads them. One test, green.
`;

/** What only a person can decide. */
export const question = `### Q1: What shall fromRoman do with text that is no Roman numeral, such as IIII?
A) throw a RangeError
B) return NaN
**Suggestion:** A - a mistake is seen where it is made
**Answer:** _waiting_
`;

/** The boxes of the plan. */
export const steps = `- [ ] roman.test.js: all numbers from 1 to 3999, there and back
- [ ] roman.test.js: IIII, VX, MMMM, "" and abc are refused
- [ ] roman.js: fromRoman(text), with the table of toRoman
`;

/** What the person approves. */
export const plan = `# Plan: fromRoman

fromRoman reads what toRoman writes. Anything else is a RangeError (Q1).

## Step 1: tests, then code
${steps}
Verify: \`node --test\` -> 3 tests, all green
`;

/** What the tester saw. */
export const report = `green

| demand | evidence |
| --- | --- |
| reads what toRoman writes | all numbers from 1 to 3999, there and back |
| anything else is a RangeError | six texts that are no numerals |
| works for its user | fromRoman("MMXXIV") is 2024 |

\`node --test\`: exit code 0, 3 tests, all green.
`;

/** What the reviewer found. */
export const review = `May be merged.

Looked at: edge cases (empty text, MMMM), the order of the table, the tests, the README. No finding.
`;

/** What the whole session came to. */
export const summary = `# fromRoman reads Roman numerals

**Why**: \`toRoman\` had no way back.

**What**: \`fromRoman\` in \`roman.js\`. Text that is no numeral is a RangeError.

**How it was tested**: \`node --test\`, 3 tests, all green.

**Try it**: \`fromRoman("MMXXIV")\`
`;
