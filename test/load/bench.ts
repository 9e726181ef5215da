import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { benchBoard } from './board.ts';
import { findPostgres } from '#test/support/postgres.ts';
import { benchDocuments } from './documents.ts';
import { benchFloods } from './floods.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Number of records on the board. */
    sizes: { type: 'string', default: '100,1000,10000,100000' },
    /** Which document measurements to run; default: all. */
    only: { type: 'string' },
    /** Updates per second over many documents. */
    rates: { type: 'string', default: '1000,2000,4000' },
    /** The PostgreSQL server to measure on; default: the embedded database. */
    postgres: { type: 'string' },
  },
});

console.log(
  `${availableParallelism()} x ${cpus()[0]?.model}, Node ${process.version}, ${values.postgres ? 'PostgreSQL' : 'embedded database'}`,
);
if (positionals[0] === 'documents') {
  await benchDocuments({
    postgres: values.postgres,
    only: values.only?.split(','),
    rates: values.rates.split(',').map(Number),
  });
} else if (positionals[0] === 'floods') await benchFloods(values.postgres ?? (await findPostgres()));
else await benchBoard(values.sizes.split(',').map(Number), values.postgres);
