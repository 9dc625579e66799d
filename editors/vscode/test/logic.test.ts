import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isBuildFamily } from '../src/files.ts';
import { whatWasFixed } from '../src/fixes.ts';
import { Indexing } from '../src/indexing.ts';
import { parseLog } from '../src/log.ts';
import { Restarts } from '../src/restarts.ts';
import { pagesAt, type Finding } from '../src/rulepages.ts';
import { serverArguments, serverSettings } from '../src/settings.ts';
import { viewOf } from '../src/status.ts';

test('restarts are bounded within a period', () => {
  const r = new Restarts(2, 1000);
  assert.deepEqual([0, 10, 20, 999, 1001, 1002, 1011].map((t) => r.allow(t)), [true, true, false, false, true, false, true]);
});

test('the state of the index', () => {
  const i = new Indexing();
  assert.deepEqual([i.busy, i.text, i.percentage], [false, '', undefined]);
  i.take(1, { kind: 'begin', title: 'Indexing a', percentage: 0 });
  assert.deepEqual([i.busy, i.text, i.percentage], [true, 'Indexing a', undefined]);
  i.take(1, { kind: 'report', message: '4 of 10', percentage: 40 });
  i.take('2', { kind: 'begin', title: 'Indexing b', percentage: 20 });
  assert.deepEqual([i.busy, i.text, i.percentage], [true, 'Indexing a: 4 of 10\nIndexing b', 20]);
  i.take('2', { kind: 'end' });
  i.take(1, { kind: 'end', message: '10 packages' });
  assert.deepEqual([i.busy, i.text, i.percentage], [false, 'Indexing a: 10 packages', undefined]);
});

test('what was fixed', () => {
  assert.equal(whatWasFixed({ files: 0, fixes: 0 }), 'there is nothing to fix safely.');
  assert.equal(whatWasFixed({ files: 1, fixes: 1 }), 'mended 1 finding in 1 file.');
  assert.equal(whatWasFixed({ files: 2, fixes: 1234 }), 'mended 1,234 findings in 2 files.');
});

test('the end of something that never began says nothing', () => {
  const i = new Indexing();
  i.take(1, { kind: 'end', message: 'x' });
  assert.deepEqual([i.busy, i.text], [false, '']);
});

test('what the status bar shows', () => {
  const i = new Indexing();
  assert.equal(viewOf('running', 'buildls 1', i).text, '$(check) buildlint');
  i.take(1, { kind: 'begin', title: 'Indexing a' });
  i.take(1, { kind: 'report', percentage: 40 });
  assert.deepEqual(viewOf('running', 'buildls 1', i), {
    text: '$(sync~spin) buildlint 40%',
    tooltip: 'buildls 1\nIndexing a',
    severity: 'none',
  });
  assert.equal(viewOf('missing', '', i).severity, 'warning');
  assert.equal(viewOf('crashed', '', i).severity, 'error');
});

test('the server gets its own settings alone', () => {
  const all = { server: { path: 'x' }, trace: { server: 'off' }, select: ['a'], config: '', ignore: null };
  assert.deepEqual(serverSettings(all), { select: ['a'], config: '' });
});

test('every setting is either passed on or used by the extension', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
  const keys = Object.keys(contributes.configuration.properties).map((k) => k.replace('buildlint.', ''));
  const own = ['server.path', 'server.logLevel', 'server.logFile', 'trace.server'];
  const passed = Object.keys(serverSettings(Object.fromEntries(keys.map((k) => [k, 'x']))));
  assert.deepEqual([...own, ...passed].sort(), keys.sort());
});

test('how the server is started', () => {
  assert.deepEqual(serverArguments({ level: 'info', file: '' }), ['--log-level', 'info']);
  assert.deepEqual(serverArguments({ level: 'debug', file: '/l' }), ['--log-level', 'debug', '--log-file', '/l']);
});

test("lines of the server's log", () => {
  assert.deepEqual(parseLog('2026-01-02T03:04:05.678Z\tWARN\tslow\t{"took": 3}'), {
    level: 'warn',
    message: 'slow {"took": 3}',
  });
  assert.deepEqual(parseLog('goroutine 1 [running]:'), { level: 'error', message: 'goroutine 1 [running]:' });
  assert.deepEqual(parseLog('\tmain.go:3\t+0x1'), { level: 'error', message: '\tmain.go:3\t+0x1' });
});

test('the pages of rules at a line', () => {
  const f = (rule: string, first: number, last: number): Finding => ({ rule, page: `p/${rule}`, lines: [first, last] });
  const findings = [f('a', 1, 3), f('b', 3, 3), f('b', 9, 9), f('c', 8, 8)];
  assert.deepEqual([...pagesAt(findings, 3).keys()], ['a', 'b']);
  assert.deepEqual([...pagesAt(findings, 8)], [['c', 'p/c']]);
  assert.deepEqual([...pagesAt(findings, 0).keys()], ['a', 'b', 'c']);
  assert.equal(pagesAt([], 0).size, 0);
});

test('the family of BUILD', () => {
  for (const [file, want] of [
    ['/a/BUILD.tools', true],
    ['/a/BUILD', false],
    ['/a/BUILDING.md', false],
    ['/BUILD.d/x', false],
  ] as const) {
    assert.equal(isBuildFamily(file), want, file);
  }
});
