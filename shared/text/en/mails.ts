import type { Texts } from '../texts.ts';
import { counted } from './words.ts';

export const mails: Texts['mails'] = {
  digestSubject: ({ count }) => `eCoC Board: ${counted(Number(count), 'thing')} new for you`,
  digestIntro: ({ name }) => `${name}, this is new for you on eCoC Board:`,
  digestChoices: () => 'Choose what you are mailed',
  invitationSubject: ({ inviter }) => `${inviter} invited you to eCoC Board`,
  invitationIntro: ({ inviter }) => `${inviter} invited you to eCoC Board. Open this link to join:`,
  invitationUntil: ({ inviter, day }) =>
    `It works once, until ${day}. If you do not know ${inviter}, ignore this mail.`,
};
