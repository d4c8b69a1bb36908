// Finds the places of a source file at which a mutant can be made. Types, imports and names are left alone.
import { parseSync } from "rolldown/utils";
import { mutateCall, mutateLiteral, mutateOperator } from "./mutations.mjs";

/**
 * @typedef {object} Mutant
 * @property {string} file The source file, relative to the top of the repository.
 * @property {number} start Where the replaced code begins, in UTF-16 units.
 * @property {number} end
 * @property {number} line From 1.
 * @property {string} was
 * @property {string | undefined} becomes Nothing if a statement is left out.
 */

/** All mutants of one file. @returns {Mutant[]} */
export function findMutants(file, text) {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`cannot parse ${file}: ${errors[0].message}`);
  const lines = createLineIndex(text);
  const mutants = [];
  const source = (node) => text.slice(node.start, node.end);
  const add = (node, becomes) => {
    const { start, end } = node;
    mutants.push({ file, start, end, line: lines(start), was: source(node), becomes });
  };
  visit(program, undefined, (node, parent) => {
    for (const becomes of mutationsOf(node, parent, source)) add(node, becomes);
    if (isRemovable(node)) add(node, undefined);
  });
  return mutants;
}

function mutationsOf(node, parent, source) {
  switch (node.type) {
    case "Literal":
    case "TemplateLiteral":
    case "ArrayExpression":
      return isPlainValue(node, parent) ? mutateLiteral(node, source) : [];
    case "BinaryExpression":
    case "LogicalExpression":
    case "UnaryExpression":
      return mutateOperator(node, source);
    case "ConditionalExpression":
      return [source(node.consequent), source(node.alternate)];
    case "CallExpression":
      return parent?.type === "ChainExpression" || isInChain(node) ? [] : mutateCall(node, source);
    default:
      return isTest(node, parent) ? ["true", "false"] : isResult(node, parent) ? ["undefined"] : [];
  }
}

/** A condition that is no operator itself: those are mutated as operators. */
function isTest(node, parent) {
  const isCondition = parent?.type === "IfStatement" || parent?.type === "WhileStatement";
  return isCondition && parent.test === node && parent.type === "IfStatement";
}

/** What a function returns, if it is no literal itself. */
function isResult(node, parent) {
  if (parent?.type === "ReturnStatement") return parent.argument === node && !isUndefined(node);
  const isBody = parent?.type === "ArrowFunctionExpression" && parent.body === node;
  return isBody && node.type !== "BlockStatement" && !isUndefined(node);
}

const isUndefined = (node) => node.type === "Identifier" && node.name === "undefined";

/** Not a key, a directive, a type, the name of a module or an attribute of an element. */
function isPlainValue(node, parent) {
  switch (parent?.type) {
    case "Property":
    case "PropertyDefinition":
    case "MethodDefinition":
      return parent.value === node || parent.computed;
    case "ExpressionStatement":
    case "JSXAttribute":
    case "TaggedTemplateExpression":
    case "ImportExpression":
      return false;
    default:
      return true;
  }
}

function isRemovable(node) {
  if (node.type !== "ExpressionStatement" || node.directive) return false;
  const { expression } = node;
  return !(expression.type === "CallExpression" && expression.callee.type === "Super");
}

function isInChain(node) {
  for (let at = node; at !== undefined && at !== null; at = at.callee ?? at.object) {
    if (at.optional) return true;
  }
  return false;
}

const withoutValues = /^(?:TS(?!As|NonNull|Satisfies)|Import(?!Expression)|ExportAll)/;

function visit(node, parent, seen) {
  if (withoutValues.test(node.type) || (node.type === "ExportNamedDeclaration" && node.source))
    return;
  seen(node, parent);
  for (const [key, value] of Object.entries(node)) {
    if (key === "typeAnnotation" || key === "typeArguments" || key === "typeParameters") continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === "string") visit(child, node, seen);
    }
  }
}

function createLineIndex(text) {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1;
}
