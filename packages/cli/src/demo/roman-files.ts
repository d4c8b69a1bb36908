/** The repository that the demo works on, file by file: a small module that lacks one half. */
export const repositoryFiles = {
  "README.md": "# roman\n\nRoman numerals: `toRoman(1994)` is `MCMXCIV`.\n",
  "package.json": `{
  "name": "roman",
  "version": "1.0.0",
  "type": "module",
  "exports": "./roman.js",
  "scripts": { "test": "node --test" }
}
`,
  "roman.js": `const numerals = [
  ["M", 1000], ["CM", 900], ["D", 500], ["CD", 400],
  ["C", 100], ["XC", 90], ["L", 50], ["XL", 40],
  ["X", 10], ["IX", 9], ["V", 5], ["IV", 4], ["I", 1],
];

/** Writes a number from 1 to 3999 as a Roman numeral. */
export function toRoman(number) {
  let text = "";
  for (const [numeral, value] of numerals) {
    while (number >= value) {
      text += numeral;
      number -= value;
    }
  }
  return text;
}
`,
  "roman.test.js": `import assert from "node:assert/strict";
import { test } from "node:test";
import { toRoman } from "./roman.js";

test("writes a number as a Roman numeral", () => {
  assert.equal(toRoman(1994), "MCMXCIV");
});
`,
} as const;

/** What the scripted implementer writes: each change as the text that it replaces, and the new text. */
export const changes = {
  imports: {
    from: `import { toRoman } from "./roman.js";`,
    to: `import { fromRoman, toRoman } from "./roman.js";`,
  },
  tests: {
    from: `  assert.equal(toRoman(1994), "MCMXCIV");
});
`,
    to: `  assert.equal(toRoman(1994), "MCMXCIV");
});

test("reads each numeral that it can write", () => {
  for (let number = 1; number < 4000; number += 1) {
    assert.equal(fromRoman(toRoman(number)), number);
  }
});

test("refuses text that is no Roman numeral", () => {
  for (const text of ["", "IIII", "VX", "MMMM", "abc", "iv"]) {
    assert.throws(() => fromRoman(text), RangeError);
  }
});
`,
  },
  code: {
    from: `  return text;
}
`,
    to: `  return text;
}

/** Reads a Roman numeral from I to MMMCMXCIX. Any other text is a RangeError. */
export function fromRoman(text) {
  let number = 0;
  let rest = text;
  for (const [numeral, value] of numerals) {
    while (rest.startsWith(numeral)) {
      number += value;
      rest = rest.slice(numeral.length);
    }
  }
  // Each number has one right spelling: IIII adds up to 4, but 4 is IV.
  if (number < 1 || number > 3999 || toRoman(number) !== text) {
    throw new RangeError(\`not a Roman numeral: \${text}\`);
  }
  return number;
}
`,
  },
  readme: {
    from: "is `MCMXCIV`.\n",
    to: "is `MCMXCIV`, and `fromRoman` leads back.\n",
  },
} as const;
