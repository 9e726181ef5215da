import { z } from 'zod';

/**
 * What is wrong with one field of a request. Schemas pass the key where Zod takes a message; its sentence is in
 * `shared/text`.
 */
export const IssueKey = z.enum([
  'cursor.foreign',
  'data.tree',
  'day.reach',
  'exceptions.from',
  'file.hash',
  'json.deep',
  'json.malformed',
  'key.unknown',
  'moment.reach',
  'name.control',
  'name.noLetter',
  'prefix.form',
  'query.twice',
  'text.unstorable',
  'url.form',
  'value.too_big',
  'value.too_small',
  'value.other',
]);
export type IssueKey = z.infer<typeof IssueKey>;

/** Types an issue key for use as the message of a schema. */
export const issue = (key: IssueKey): string => key;
