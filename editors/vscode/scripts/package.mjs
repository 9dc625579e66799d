// Packages the extension with the language server for a platform:
//
//	node scripts/package.mjs [--out DIR] [--server FILE] [TARGET …]
//
// TARGET is one of VS Code's platforms; none means all. The server is cross-built from this repository, unless FILE is
// one that was built already.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What Go calls the platforms of VS Code. The server is a static program, so it runs on Alpine as on any Linux. */
const platforms = {
  'linux-x64': ['linux', 'amd64'],
  'linux-arm64': ['linux', 'arm64'],
  'linux-armhf': ['linux', 'arm'],
  'alpine-x64': ['linux', 'amd64'],
  'alpine-arm64': ['linux', 'arm64'],
  'darwin-x64': ['darwin', 'amd64'],
  'darwin-arm64': ['darwin', 'arm64'],
  'win32-x64': ['windows', 'amd64'],
  'win32-arm64': ['windows', 'arm64'],
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: '.' }, server: { type: 'string' } },
});
const targets = positionals.length > 0 ? positionals : Object.keys(platforms);
const unknown = targets.filter((t) => !(t in platforms));
if (unknown.length > 0) {
  console.error(`unknown target ${unknown.join(', ')}: it is one of ${Object.keys(platforms).join(', ')}`);
  process.exit(2);
}

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
mkdirSync(values.out, { recursive: true });
for (const target of targets) {
  addServer(...platforms[target]);
  packageExtension(target, join(resolve(values.out), `${name}-${target}-${version}.vsix`));
}

function addServer(os, arch) {
  const program = resolve('bin', os === 'windows' ? 'buildls.exe' : 'buildls');
  rmSync('bin', { recursive: true, force: true });
  mkdirSync('bin');
  if (values.server !== undefined) {
    copyFileSync(values.server, program);
    return;
  }
  const flags = ['-trimpath', '-ldflags', `-s -w -X main.version=${version}`];
  execFileSync('go', ['build', ...flags, '-o', program, './cmd/buildls'], {
    cwd: resolve('../..'),
    env: { ...process.env, GOOS: os, GOARCH: arch, CGO_ENABLED: '0' },
    stdio: 'inherit',
  });
}

function packageExtension(target, file) {
  // Images and links of the README are those of this folder, not of the repository's root.
  const base = 'https://github.com/buildlint/buildlint';
  const urls = ['--baseContentUrl', `${base}/blob/main/editors/vscode`, '--baseImagesUrl', `${base}/raw/main/editors/vscode`];
  const args = ['package', '--no-dependencies', '--target', target, '--out', file, ...urls];
  execFileSync(process.execPath, ['node_modules/@vscode/vsce/vsce', ...args], { stdio: 'inherit' });
}
