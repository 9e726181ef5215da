/** The day of a moment in Greenwich, `YYYY-MM-DD`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** The day so many days after one; all of them `YYYY-MM-DD`. */
export function dayAfter(day: string, days = 1): string {
  return dayOf(new Date(Date.parse(day) + days * 86_400_000));
}
