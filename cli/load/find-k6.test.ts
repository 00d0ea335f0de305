import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Shell } from '../shell.ts';
import { findK6 } from './find-k6.ts';
import { temporaryFolder } from '../../harness/testing/temporary-folder.ts';

const shellWith = (cwd: string, path = ''): Shell =>
  ({ env: { PATH: path }, cwd }) as unknown as Shell;

/** A program that says what `says`, as k6's `version` does. */
function program(folder: string, says: string, name = 'k6'): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho "${says}"\n`);
  chmodSync(file, 0o755);
  return file;
}

describe('k6', () => {
  it('is found on PATH before the tool folder', () => {
    const folder = temporaryFolder();
    const onPath = program(join(folder, 'bin'), 'k6 v1.8.1 (go1.26, linux/amd64)');
    program(join(folder, '.tools/bin'), 'k6 v1.9.0');
    expect(findK6(undefined, shellWith(folder, join(folder, 'bin')))).toEqual({
      path: onPath,
      version: '1.8.1',
    });
  });

  it('of a version that runs no TypeScript is passed over for one that does', () => {
    const folder = temporaryFolder();
    program(join(folder, 'bin'), 'k6 v0.49.0 (go1.21)');
    const good = program(join(folder, '.tools/bin'), 'k6 v1.8.1');
    expect(findK6(undefined, shellWith(folder, join(folder, 'bin'))).path).toBe(good);
  });

  it('that is too old or is no k6 is refused with how to get one', () => {
    const folder = temporaryFolder();
    const old = program(join(folder, 'old'), 'k6 v0.49.0');
    const other = program(join(folder, 'other'), 'something else');
    const find = (path: string) => () => findK6(path, shellWith(folder));
    expect(find(old)).toThrow('is version 0.49.0, which runs no TypeScript');
    expect(find(old)).toThrow('go install go.k6.io/k6@v1.8.1');
    expect(find(other)).toThrow('is no k6');
    expect(find(join(folder, 'nothing'))).toThrow('npm run tools k6');
  });

  it('is the image that Docker has, where there is no other', () => {
    const folder = temporaryFolder();
    program(join(folder, 'bin'), 'k6 v0.49.0 (go1.21)');
    program(join(folder, 'bin'), '[]', 'docker');
    const image = { path: 'docker', version: '1.8.1', container: true };
    expect(findK6(undefined, shellWith(folder, join(folder, 'bin')), [])).toEqual(image);
    expect(findK6('container', shellWith(folder, join(folder, 'bin')))).toEqual(image);
    expect(() => findK6('container', shellWith(folder))).toThrow('Docker does not answer');
  });
});
