import { parseArgs } from 'node:util';
import { benchFirstToken, printFirstToken } from './first-token';

/** Against a product that already runs: `tsx tools/bench/first-token-command.ts --product … --key … --bot … --model …`. */
const { values } = parseArgs({
  options: {
    product: { type: 'string', default: 'http://127.0.0.1:3000' },
    key: { type: 'string', default: '' },
    bot: { type: 'string', default: '' },
    model: { type: 'string', default: 'http://127.0.0.1:4010' },
    question: {
      type: 'string',
      multiple: true,
      default: ['How do I put the widget on my page?', 'Which files can I upload?', 'What does a plan limit?'],
    },
    streams: { type: 'string', default: '20' },
    turns: { type: 'string', default: '10' },
    runs: { type: 'string', default: '5' },
    pause: { type: 'string', default: '400' },
  },
});

const rows = await benchFirstToken({
  product: { baseUrl: values.product, apiKey: values.key, botId: values.bot },
  modelUrl: values.model,
  questions: values.question,
  streams: Number(values.streams),
  turnsPerStream: Number(values.turns),
  runs: Number(values.runs),
  pauseMs: Number(values.pause),
});
process.stdout.write(`${printFirstToken(rows)}\n`);
