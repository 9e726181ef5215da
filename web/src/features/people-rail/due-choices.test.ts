import { describe, expect, it } from 'vitest';
import { dueChoices, nextWorkday, usualDue } from './due-choices.ts';

const days = (today: string) => dueChoices(today).map(({ day, label }) => `${label} ${day.slice(-2)}`);

describe('due day choices', () => {
  it('offer today, tomorrow, Friday and in a week', () => {
    expect(days('2026-11-24')).toEqual(['Today 24', 'Tomorrow 25', 'Friday 27', 'In a week 01']);
  });

  it('offer the Friday after the next day, and no day twice', () => {
    expect(days('2026-11-26')).toEqual(['Today 26', 'Tomorrow 27', 'In a week 03', 'Friday 04']);
    expect(days('2026-11-27')).toEqual(['Today 27', 'Monday 30', 'Friday 04']);
    expect(days('2026-11-28')).toEqual(['Today 28', 'Monday 30', 'Friday 04', 'In a week 05']);
  });

  it('keep the present day while it is in the future, and use the next workday otherwise', () => {
    expect(nextWorkday('2026-11-27')).toBe('2026-11-30');
    expect(usualDue('2026-12-24', '2026-11-24')).toBe('2026-12-24');
    expect(usualDue('2026-11-23', '2026-11-24')).toBe('2026-11-25');
    expect(usualDue(null, '2026-11-28')).toBe('2026-11-30');
  });
});
