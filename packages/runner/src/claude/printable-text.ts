export { maskSecrets, printableLines, printableText } from "@samocode/core";
