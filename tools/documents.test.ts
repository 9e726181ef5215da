import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const aside = new Set(['node_modules', 'build', 'data', '.svelte-kit', '.git', 'results', 'messages.inlang']);
const all = globSync('**/*', { cwd: root, exclude: (name) => aside.has(name) });
const files = new Set(all);
const documents = [...all, ...globSync('.github/**/*.md', { cwd: root })]
  .filter((name) => name.endsWith('.md'))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8').replaceAll(/```.*?```/gs, '') }));
/** Prefixes that a path in a document may omit. */
const bases = ['', 'server', 'shared', 'shared/domain', 'web', 'web/src', 'web/src/features', 'test'];

const slugs = (name: string) =>
  [...readFileSync(join(root, name), 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

test('every link in the documents resolves', () => {
  const links = documents.flatMap(({ name, text }) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => ({ name, target: target! })),
  );
  const relative = links.filter(({ target }) => !/^[a-z]+:/.test(target));
  expect(relative.length).toBeGreaterThan(20);
  const broken = relative.filter(({ name, target }) => {
    const [path, anchor] = target.split('#');
    const file = path ? join(dirname(name), path) : name;
    return !existsSync(join(root, file)) || (anchor && !slugs(file).includes(anchor));
  });
  expect(broken).toEqual([]);
});

test('every file named in the documents exists', () => {
  const named = documents.flatMap(({ name, text }) =>
    [...text.matchAll(/`([\w./@()[\]+-]+\.(?:ts|svelte|mjs|json|css|md))`/g)].map(([, file]) => ({
      name,
      file: file!,
    })),
  );
  // `verb-noun` stands for any verb; a name that begins with a slash is an address.
  const asked = named.filter(({ file }) => !file.includes('verb-noun') && !file.startsWith('/'));
  expect(asked.length).toBeGreaterThan(30);
  const missing = asked.filter(({ file }) =>
    file.includes('/')
      ? !bases.some((base) => existsSync(join(root, base, file)))
      : ![...files].some((one) => one === file || one.endsWith(`/${file}`)),
  );
  expect(missing).toEqual([]);
});

test('every npm script named in the documents exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  const named = documents.flatMap(({ name, text }) =>
    [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => ({ name, script: script! })),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ script }) => !(script in scripts))).toEqual([]);
});
