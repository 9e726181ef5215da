import { expect, test } from 'vitest';
import type { Notification } from '#shared/contract/notification.ts';
import { notificationGroups } from './notification-groups.ts';

const told = (id: string, kind: Notification['kind'], at: string): Notification => ({
  id,
  kind,
  scope: 'scope',
  record: { id: `record ${id}`, reference: id },
  params: {},
  at,
  readAt: null,
});

test('groups only adjacent notifications of one kind and time', () => {
  const all = [
    told('1', 'record.fallen', 'later'),
    told('2', 'record.fallen', 'later'),
    told('3', 'waiver.ending', 'later'),
    told('4', 'record.fallen', 'later'),
    told('5', 'record.fallen', 'sooner'),
  ];
  expect(notificationGroups(all).map((group) => group.map(({ id }) => id))).toEqual([['1', '2'], ['3'], ['4'], ['5']]);
});
