import { dayAfter } from '#shared/domain/day.ts';
import { exceptionFilterIn } from '#features/exceptions/exception-address.ts';
import { call } from '#lib/api.ts';
import { whileAway } from '#lib/while-away.ts';
import { todayIn } from '#lib/today.ts';
import type { PageLoad } from './$types';

const ledgerDays = 90;
const isDay = (text: string | null): text is string =>
  /^\d{4}-\d\d-\d\d$/.test(text ?? '') && !isNaN(Date.parse(text!));

export const load: PageLoad = async ({ params, fetch, url, depends, parent }) => {
  depends('scope:exceptions');
  const filter = exceptionFilterIn(url.searchParams);
  const today = todayIn((await parent()).scope);
  const [from, to] = [url.searchParams.get('from'), url.searchParams.get('to')];
  const period = { from: isDay(from) ? from : dayAfter(today, -ledgerDays), to: isDay(to) ? to : today };
  const ask = { params: { scope: params.scope }, fetch };
  if (url.searchParams.get('view') === 'ledger') {
    const ledger = call('get /api/scopes/{scope}/exceptions/ledger', { ...ask, query: period });
    return {
      filter,
      period,
      first: null,
      ledger: await whileAway('scope:exceptions', `${params.scope}${url.search}`, ledger),
    };
  }
  const first = call('get /api/scopes/{scope}/exceptions', { ...ask, query: filter });
  return {
    filter,
    period,
    first: await whileAway('scope:exceptions', `${params.scope}${url.search}`, first),
    ledger: null,
  };
};
