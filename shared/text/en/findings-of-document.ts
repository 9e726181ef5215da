/** English sentences for refused document edits: what was refused, and what to do. */
export const findingsOfDocument = {
  'document.readOnly': () => 'You read along here. Ask the lead for a duty before you comment or tick.',
  'document.tickDuty': () => 'This checklist item belongs to another duty. Ask one who holds it, or the lead.',
  'document.tickPassed': () =>
    'The record has passed the stage of this checklist item. Move it back before changing the tick.',
  'document.author': () => 'Something was written under another person’s name. Write under your own.',
  'document.another': () => 'Only its author changes a comment. Reply to it instead.',
  'document.future': () =>
    'The time on it lies in the future. Set the clock of this computer right and write it again.',
  'document.unmarked': () =>
    'A comment was changed without saying that it was edited. Edit it on the page of the record.',
  'document.tooLong': () => 'A comment holds at most 10,000 characters. Say it in two.',
  'document.full': () =>
    'This record holds as many comments as it can: 1,000, or 2 MiB. Nothing more can be added to its discussion.',
  'document.structure': () => 'It changed something of the document that nobody may change. Load the page again.',
  'document.malformed': () => 'It could not be read, or rests on something that was never stored. Load the page again.',
  'document.foreignClient': () => 'It came under the mark of another person’s page. Load the page again.',
  'document.notCommitted': () =>
    'Your latest ticks and comments are not stored yet, and the gates go by them. Wait until they are, then move it again.',
};
