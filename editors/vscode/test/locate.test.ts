import assert from 'node:assert/strict';
import { test } from 'node:test';
import { locate, type Places } from '../src/locate.ts';

const nowhere: Places = {
  setting: '',
  folder: '/repo',
  home: '/home/u',
  path: '/usr/bin:bin::/opt/bin',
  shipped: '/ext/bin',
  platform: 'linux',
};

const cases: [name: string, places: Partial<Places>, programs: string[], want: unknown][] = [
  ['the setting', { setting: '/x/buildls' }, ['/x/buildls', '/usr/bin/buildls'], { path: '/x/buildls', origin: 'setting' }],
  ['the setting, relative', { setting: 'tools/ls' }, ['/repo/tools/ls'], { path: '/repo/tools/ls', origin: 'setting' }],
  ['the setting in the folder', { setting: '${workspaceFolder}/ls' }, ['/repo/ls'], { path: '/repo/ls', origin: 'setting' }],
  ['the setting at home', { setting: '~/ls' }, ['/home/u/ls'], { path: '/home/u/ls', origin: 'setting' }],
  [
    'a wrong setting is told, not passed over',
    { setting: '/x/buildls' },
    ['/usr/bin/buildls', '/ext/bin/buildls'],
    { tried: ['buildlint.server.path: /x/buildls'] },
  ],
  [
    'PATH before what is shipped',
    {},
    ['/opt/bin/buildls', '/ext/bin/buildls'],
    { path: '/opt/bin/buildls', origin: 'PATH' },
  ],
  ['never a relative directory of PATH', {}, ['bin/buildls', 'buildls', '/ext/bin/buildls'], { path: '/ext/bin/buildls', origin: 'extension' }],
  ['nowhere', {}, [], { tried: ['buildls on PATH', '/ext/bin/buildls'] }],
  [
    'on Windows',
    { platform: 'win32', path: 'C:\\a;C:\\b', shipped: 'C:\\ext' },
    ['C:\\b\\buildls.exe'],
    { path: 'C:\\b\\buildls.exe', origin: 'PATH' },
  ],
];

for (const [name, places, programs, want] of cases) {
  test(name, () => {
    assert.deepEqual(
      locate({ ...nowhere, ...places }, (file) => programs.includes(file)),
      want,
    );
  });
}
