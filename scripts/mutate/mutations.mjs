// What a piece of code may be replaced by, one small fault at a time.

const operators = {
  "===": ["!=="],
  "!==": ["==="],
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "&&": ["||"],
  "||": ["&&"],
};

export function mutateOperator(node, source) {
  if (node.type === "UnaryExpression") {
    return node.operator === "!" || node.operator === "-" ? [source(node.argument)] : [];
  }
  const { left, right, operator } = node;
  if (operator === "??") return [source(left), source(right)];
  if (left.type === "PrivateIdentifier") return [];
  return (operators[operator] ?? []).map(
    (other) => `(${source(left)}) ${other} (${source(right)})`,
  );
}

export function mutateLiteral(node, source) {
  if (node.type === "TemplateLiteral") return ['""'];
  if (node.type === "ArrayExpression") return node.elements.length > 0 ? ["[]"] : ['["mutant"]'];
  if (node.regex) return mutatePattern(node.regex);
  switch (typeof node.value) {
    case "boolean":
      return [String(!node.value)];
    case "number":
      return node.value === 0 ? ["1"] : [String(node.value + 1), "0"];
    case "string":
      return [node.value === "" ? '"mutant"' : '""'];
    default:
      return source(node) === "null" ? ["undefined"] : [];
  }
}

/** Anchors off, one repetition changed, flags off. */
function mutatePattern({ pattern, flags }) {
  const others = new Set();
  if (pattern.startsWith("^")) others.add([pattern.slice(1), flags]);
  if (pattern.endsWith("$") && !pattern.endsWith("\\$")) others.add([pattern.slice(0, -1), flags]);
  const repeated = /(?<=[^\\(])[+*](?![?+*])/.exec(pattern);
  if (repeated !== null) {
    const other = repeated[0] === "+" ? "*" : "+";
    others.add([
      pattern.slice(0, repeated.index) + other + pattern.slice(repeated.index + 1),
      flags,
    ]);
  }
  for (const flag of ["i", "m", "g"]) {
    if (flags.includes(flag)) others.add([pattern, flags.replace(flag, "")]);
  }
  return [...others].filter(isPattern).map(([text, kept]) => `/${text}/${kept}`);
}

function isPattern([text, flags]) {
  try {
    RegExp(text, flags);
    return text !== "";
  } catch {
    return false;
  }
}

const otherMethods = new Map([
  ["some", "every"],
  ["every", "some"],
  ["startsWith", "endsWith"],
  ["endsWith", "startsWith"],
  ["indexOf", "lastIndexOf"],
  ["lastIndexOf", "indexOf"],
  ["min", "max"],
  ["max", "min"],
  ["push", "unshift"],
  ["find", "findLast"],
  ["findLast", "find"],
]);

const unneededMethods = new Set([
  "trim",
  "trimEnd",
  "trimStart",
  "toLowerCase",
  "filter",
  "sort",
  "toSorted",
  "slice",
  "reverse",
  "toReversed",
]);

export function mutateCall({ callee, arguments: given }, source) {
  if (callee.type !== "MemberExpression" || callee.computed) return [];
  const { object, property } = callee;
  if (object.type === "Super") return [];
  const other = otherMethods.get(property.name);
  const values = given.map(source).join(", ");
  if (other !== undefined) return [`${source(object)}.${other}(${values})`];
  return unneededMethods.has(property.name) ? [source(object)] : [];
}
