// Packages the extension with the language server for a platform:
//
//	node scripts/package.mjs [--out DIR] [--server FILE] [--version VERSION] [TARGET …]
//
// TARGET is one of VS Code's platforms; none means all. The server is cross-built from this repository, unless FILE is
// one that was built already. VERSION replaces that of package.json. A package with a warning, or with other files than
// it is to have, is an error.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
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
  options: { out: { type: 'string', default: '.' }, server: { type: 'string' }, version: { type: 'string' } },
});
const targets = positionals.length > 0 ? positionals : Object.keys(platforms);
const unknown = targets.filter((t) => !(t in platforms));
if (unknown.length > 0) {
  console.error(`unknown target ${unknown.join(', ')}: it is one of ${Object.keys(platforms).join(', ')}`);
  process.exit(2);
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const version = values.version ?? manifest.version;
mkdirSync(values.out, { recursive: true });
for (const target of targets) {
  const server = addServer(...platforms[target]);
  packageExtension(target, join(resolve(values.out), `${manifest.name}-${target}-${version}.vsix`));
  checkFiles(server);
}

function addServer(os, arch) {
  const server = os === 'windows' ? 'bin/buildls.exe' : 'bin/buildls';
  const program = resolve(server);
  rmSync('bin', { recursive: true, force: true });
  mkdirSync('bin');
  if (values.server !== undefined) {
    copyFileSync(values.server, program);
    return server;
  }
  const flags = ['-trimpath', '-ldflags', `-s -w -X main.version=${version}`];
  execFileSync('go', ['build', ...flags, '-o', program, './cmd/buildls'], {
    cwd: resolve('../..'),
    env: { ...process.env, GOOS: os, GOARCH: arch, CGO_ENABLED: '0' },
    stdio: 'inherit',
  });
  const built = execFileSync('go', ['version', '-m', program], { encoding: 'utf8' });
  if (!built.includes(`GOOS=${os}\n`) || !built.includes(`GOARCH=${arch}\n`)) {
    throw new Error(`${program} is not for ${os} on ${arch}:\n${built}`);
  }
  return server;
}

function packageExtension(target, file) {
  // Images and links of the README are those of this folder, not of the repository's root.
  const base = 'https://github.com/buildlint/buildlint';
  const urls = ['--baseContentUrl', `${base}/blob/main/editors/vscode`, '--baseImagesUrl', `${base}/raw/main/editors/vscode`];
  const args = ['package', version, '--no-update-package-json', '--no-dependencies', '--target', target, '--out', file];
  const { out, err } = vsce(...args, ...urls);
  console.log(out + err);
  if (/warning/i.test(out + err)) {
    throw new Error(`the package for ${target} has a warning`);
  }
}

/** Checks that the package has all files that it needs, and no other. */
function checkFiles(server) {
  const all = (dir, end) => readdirSync(dir).filter((f) => f.endsWith(end)).map((f) => `${dir}/${f}`);
  const want = [
    ...['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'language-configuration.json', 'dist/extension.js'],
    ...['images/icon.png', 'syntaxes/buildfile.tmLanguage.json', server],
    ...[...all('docs', '.png'), ...all('walkthrough', '.md')],
  ].sort();
  const got = vsce('ls', '--no-dependencies').out.trim().split(/\s*\n\s*/).sort();
  if (got.join() !== want.join()) {
    throw new Error(`the package has the files\n  ${got.join(' ')}\nand is to have\n  ${want.join(' ')}`);
  }
}

/** Returns what vsce prints. */
function vsce(...args) {
  const run = spawnSync(process.execPath, ['node_modules/@vscode/vsce/vsce', ...args], { encoding: 'utf8' });
  if (run.error !== undefined || run.status !== 0) {
    throw run.error ?? new Error(`vsce ${args[0]} failed:\n${run.stdout}${run.stderr}`);
  }
  return { out: run.stdout, err: run.stderr };
}
