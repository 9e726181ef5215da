import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { languages } from './languages.ts';

const names = Object.keys(languages).sort();
const foldersIn = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name }) => name)
    .sort();

test('every language has a folder here and in the messages of the web, and every folder is listed', () => {
  expect(foldersIn('web/messages')).toEqual(names);
});

test('the web builds the messages of every listed language', () => {
  const { locales } = JSON.parse(readFileSync('web/messages.inlang/settings.json', 'utf8')) as { locales: string[] };
  expect(locales.toSorted()).toEqual(names);
});

test('every message of the web exists in every language', () => {
  const files = readdirSync('web/messages/en');
  for (const language of names)
    for (const file of files)
      expect(keysIn(`web/messages/${language}/${file}`), `${language}/${file}`).toEqual(
        keysIn(`web/messages/en/${file}`),
      );
});

const keysIn = (path: string) => Object.keys(JSON.parse(readFileSync(path, 'utf8')) as object).sort();

test('Intl supports every locale', () => {
  for (const { locale } of Object.values(languages))
    expect(Intl.DateTimeFormat.supportedLocalesOf(locale)).toEqual([locale]);
});
