// Format, lint, dependency rules, types, dead code and unit tests, as many in parallel as there are processors.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

const steps = [
  ['types', 'svelte-check --tsconfig ./tsconfig.json --output human --threshold error --no-color'],
  ['unit tests', 'vitest run --project unit --reporter dot'],
  ['format', 'prettier --check --log-level warn .'],
  ['dead code', 'knip --no-progress'],
  ['arrows', 'depcruise --config .dependency-cruiser.json --output-type err-long shared server web/src test'],
  ['lint', 'oxlint --type-aware --deny-warnings'],
];

const waiting = [...steps];
let failed = 0;
await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
console.log(failed === 0 ? 'All good.' : `${failed} of ${steps.length} steps failed.`);
process.exitCode = failed === 0 ? 0 : 1;

async function work() {
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    const [name, command] = step;
    const began = performance.now();
    const { code, output } = await run(command);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(10)} ${seconds.padStart(5)} s`);
    if (code === 0) continue;
    failed += 1;
    console.log(output.trimEnd().replaceAll(/^/gm, '       '));
  }
}

function run(command) {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, env: { ...process.env, NO_COLOR: '1' } });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => resolve({ code, output }));
  });
}
