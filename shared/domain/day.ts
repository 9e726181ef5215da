/** A locale that formats days as ISO 8601: a wire format, independent of the language. */
const isoDays = 'en-CA';
const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of a moment in a time zone, `YYYY-MM-DD`. `zone`: an IANA name such as `Europe/Berlin`. */
export function dayOf(moment: Date, zone: string): string {
  if (zone === 'UTC') return moment.toISOString().slice(0, 10);
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat(isoDays, { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(zone, format);
  }
  return format.format(moment);
}

/** The day `days` days after `day`; both are `YYYY-MM-DD`. */
export function dayAfter(day: string, days = 1): string {
  return dayOf(new Date(Date.parse(day) + days * 86_400_000), 'UTC');
}

/** The first moment of a day in a time zone. */
export function startOfDay(day: string, zone: string): Date {
  // No zone is more than 15 hours from UTC.
  let [before, from] = [Date.parse(day) - 15 * 3_600_000, Date.parse(day) + 15 * 3_600_000];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dayOf(new Date(middle), zone) < day) before = middle;
    else from = middle;
  }
  return new Date(from);
}

/** Whether this is the name of a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat(undefined, { timeZone: name }));
  } catch {
    return false;
  }
}
