import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar } from 'vscode-textmate';

const scopeName = 'source.buildfile';
let grammar: IGrammar;

before(async () => {
  const wasm = createRequire(`${process.cwd()}/`).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM(readFileSync(wasm).buffer);
  const file = 'syntaxes/buildfile.tmLanguage.json';
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(file, 'utf8'), file),
  });
  const loaded = await registry.loadGrammar(scopeName);
  assert.ok(loaded);
  grammar = loaded;
});

/** Returns the innermost scope of each piece of text that has one, as `text scope`, without the suffix. */
function scopes(text: string): string[] {
  const found: string[] = [];
  let stack = textmate.INITIAL;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      const piece = line.slice(startIndex, endIndex).trim();
      const scope = scopes.at(-1)!.replace(/\.buildfile$/, '');
      if (piece !== '' && scopes.length > 1) {
        found.push(`${piece} ${scope}`);
      }
    }
  }
  return found;
}

function has(text: string, ...want: string[]): void {
  const got = scopes(text);
  for (const w of want) {
    assert.ok(got.includes(w), `no "${w}" in ${JSON.stringify(got, undefined, 1)}`);
  }
}

test('a target', () => {
  has(
    "python_library(\n  name = 'x',\n  zip_safe=True, # why\n)",
    'python_library entity.name.function.call',
    'name variable.parameter.keyword',
    '= keyword.operator.assignment',
    'x string.quoted.single',
    'True constant.language',
    'why comment.line.number-sign',
    ') punctuation.definition.arguments.end',
  );
});

test('the f-strings of Pants and Please', () => {
  has(
    `name = f"{package}-{{x}}-{n!r:>3}{d['k']}"`,
    'f storage.type.string',
    '{ punctuation.section.interpolation.begin',
    'package meta.interpolation',
    '{{ constant.character.escape',
    '!r storage.type.format',
    'k string.quoted.single',
    '} punctuation.section.interpolation.end',
    '" punctuation.definition.string.end',
  );
});

test('imports', () => {
  has(
    'import os\nfrom a.b import c as d',
    'import keyword.control.import',
    'from keyword.control.import',
    'as keyword.control.import',
  );
});

test('a keyword that is named like a statement', () => {
  has('x(from = 1)', 'from variable.parameter.keyword');
});

test('a function, a decorator, a comprehension', () => {
  has(
    '@rule\ndef _lib(name, deps = []):\n  return [t(name = n) for n in deps if n not in SKIP]',
    'rule entity.name.function.decorator',
    'def storage.type.function',
    '_lib entity.name.function.definition',
    'deps variable.parameter.keyword',
    'return keyword.control.flow',
    'for keyword.control.flow',
    'in keyword.operator.logical',
    't entity.name.function.call',
  );
});

test('the Starlark of Bazel and Buck', () => {
  has(
    'load("//tools:defs.bzl", "lib", other = "x")\nlib(deps = select({"//c:a": [":b"], "//conditions:default": []}))',
    'load entity.name.function.call',
    'other variable.parameter.keyword',
    'select entity.name.function.call',
    '//c:a string.quoted.double',
    ': punctuation.separator.colon',
  );
  has(
    'def _lib(name: str, deps: list[str] = [], *args, **kwargs) -> None:\n  pass',
    '_lib entity.name.function.definition',
    'None constant.language',
    'pass keyword.control.flow',
  );
  has('genrule(\n  cmd = """\n  echo "$(SRCS)" # no comment\n  """,\n  outs = [],\n)', 'outs variable.parameter.keyword');
});

test('a parenthesis behind a keyword is no call', () => {
  assert.ok(!scopes('x = [a for a in (b)]').includes('in entity.name.function.call'));
  assert.ok(!scopes('if (a): pass').includes('if entity.name.function.call'));
});

test('nested brackets do not end a call', () => {
  has('a(x = (1, [2, {3: (4)}]), y = 5)', 'y variable.parameter.keyword');
});

test('strings of all sorts', () => {
  for (const [text, ...want] of [
    [`r'\\'a' + b`, 'r storage.type.string', '+ keyword.operator'],
    [`b"x" + y`, 'b storage.type.string', '+ keyword.operator'],
    ["'a\\n'", '\\n constant.character.escape'],
    ["'%s-%(n)d' % x", '%s constant.other.placeholder', '%(n)d constant.other.placeholder'],
    [`"""a\n'b" """ + c`, '+ keyword.operator'],
    ["'' + c", '+ keyword.operator'],
  ] as [string, ...string[]][]) {
    has(text, ...want);
  }
});

test('a string that is not closed ends with its line', () => {
  has("x = 'a\npython_library(name = 1)", 'python_library entity.name.function.call');
  has("x = f'a{b\npython_library(name = 1)", 'python_library entity.name.function.call');
});

test('a suppression', () => {
  has(
    '# buildlint: disable=rule-a, rule-b -- reason',
    'disable keyword.other.suppression',
    'rule-a, rule-b variable.other.rule',
  );
});

test('conflict markers', () => {
  has(
    'a(\n<<<<<<< HEAD\n  x = 1,\n=======\n>>>>>>> b\n)',
    '<<<<<<< HEAD invalid.illegal.conflict',
    '======= invalid.illegal.conflict',
    'x variable.parameter.keyword',
  );
});

test('methods and attributes', () => {
  has(
    "setup_py(name = 'x').with_binaries({'a': ':b'})\nos.path",
    'with_binaries entity.name.function.call',
    'path variable.other.property',
  );
});
