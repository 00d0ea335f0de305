/** The texts that `seatrial init` writes. */

export const firstTrial = `// A first sea trial: change it until it is yours. Run it with
//   seatrial run <this file> --integration "node your-middleware.js"
import { defineTrial, delay, duplicate, latency, loseResponse, outage, procureToPay } from 'seatrial';
import { erp, procurement, wms } from 'seatrial/simulators';

export default defineTrial({
  name: 'first trial',
  // The systems around your integration, by the role they have there.
  systems: { procurement: procurement(), erp: erp(), wms: wms() },
  // Buyers, suppliers, warehouse and accounts payable at work.
  workload: procureToPay({ purchaseOrders: 50, over: '20s' }),
  // What goes wrong on the way. Take them all out first: a trial without faults must hold.
  faults: [
    duplicate('wms -> integration', { rate: 0.1 }),
    delay('procurement -> integration', { rate: 0.1, by: '2s' }),
    loseResponse('integration -> erp', { on: 'POST', rate: 0.1 }),
    outage('integration -> erp', { at: '8s', for: '4s' }),
    latency('integration -> wms', { latency: 100, jitter: 50 }),
  ],
});
`;

export const firstTrialNote = (file: string): string => `# Sea trials

\`${file}\` is a trial: simulated systems, business in them, faults on the way, and your integration in
the middle.

    npx seatrial run ${file} --integration "node your-middleware.js"

Your integration is started as a process and learns by its environment where everything is:

| variable | what |
|---|---|
| \`PORT\` | listen here on 127.0.0.1; webhooks come to \`POST /webhooks/<system>\` |
| \`SEATRIAL_<SYSTEM>_URL\`, \`_BASE_PATH\` | the API of procurement, erp, wms; its contract is at \`/openapi.json\` below it |
| \`SEATRIAL_<SYSTEM>_TOKEN_PATH\`, \`_CLIENT_ID\`, \`_CLIENT_SECRET\` | OAuth2 client credentials |
| \`SEATRIAL_WEBHOOK_SECRET\` | signs the webhooks (Standard Webhooks) |
| \`SEATRIAL_DATA_DIR\` | a folder that survives its restarts |

To look around first, \`npx seatrial serve\` stands the same systems up on ports.

Exit codes: 0 every promise holds, 1 one is violated, 2 unknown, 3 could not run. A verdict prints a
replay token: \`npx seatrial run ${file} --replay TOKEN\` makes the same business and the same faults again.
`;
