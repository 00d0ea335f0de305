/**
 * Load on the composition: buyers who order through the control API (so that suppliers, warehouse and
 * accounts payable have something to do), and readers who come through Toxiproxy as an integration does.
 */
import { check } from 'k6';
import http from 'k6/http';

const { SEATRIAL_CONTROL_URL, SEATRIAL_CONTROL_TOKEN, SEATRIAL_PROCUREMENT, RATE, DURATION } =
  __ENV;
const landscape = `${SEATRIAL_CONTROL_URL}/v1/landscapes/main`;
const control = {
  headers: {
    authorization: `Bearer ${SEATRIAL_CONTROL_TOKEN}`,
    'content-type': 'application/json',
  },
};

export const options = {
  scenarios: {
    orders: {
      executor: 'constant-arrival-rate',
      rate: Number(RATE),
      duration: DURATION,
      preAllocatedVUs: 20,
      maxVUs: 100,
    },
  },
  thresholds: { checks: ['rate==1'], http_req_duration: ['p(95)<2000'] },
};

/** A token of procurement, as the integration would get it. */
export function setup() {
  const { environment } = http.get(landscape, control).json();
  const reply = http.post(
    SEATRIAL_PROCUREMENT + environment.SEATRIAL_PROCUREMENT_TOKEN_PATH,
    {
      grant_type: 'client_credentials',
      client_id: environment.SEATRIAL_PROCUREMENT_CLIENT_ID,
      client_secret: environment.SEATRIAL_PROCUREMENT_CLIENT_SECRET,
    },
    { tags: { name: 'token' } },
  );
  const orders = `${SEATRIAL_PROCUREMENT}${environment.SEATRIAL_PROCUREMENT_BASE_PATH}/purchase-orders`;
  return { orders, token: reply.json().access_token };
}

export default function order({ orders, token }) {
  const issued = http.post(
    `${landscape}/actions/issue-order`,
    JSON.stringify({ lines: [{ quantity: '7' }] }),
    { ...control, tags: { name: 'issue-order' } },
  );
  check(issued, { 'the order is issued': ({ status }) => status < 300 });
  const read = http.get(`${orders}/${issued.json().id}`, {
    headers: { authorization: `Bearer ${token}` },
    tags: { name: 'read it through Toxiproxy' },
  });
  check(read, { 'it can be read': ({ status }) => status === 200 });
}
