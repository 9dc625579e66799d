// Runs the tests of a directory: node scripts/test.mjs DIR [flag of node's test runner …]. They are bundled first, so
// that any Node can run them.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const [dir, ...flags] = process.argv.slice(2);
const outdir = `out/${dir}`;
rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: readdirSync(dir).filter((f) => f.endsWith('.test.ts')).map((f) => `${dir}/${f}`),
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});
const tests = readdirSync(outdir).filter((f) => f.endsWith('.test.mjs')).sort().map((f) => `${outdir}/${f}`);
const run = spawnSync(process.execPath, ['--test', ...flags, ...tests], { stdio: 'inherit' });
process.exit(run.status ?? 1);
