/** What the JavaScript clients share: where the landscape is, and one line for each thing tried. */

/** As the landscape printed it. */
export const landscape = JSON.parse(process.env.SEATRIAL_LANDSCAPE ?? '{}');

export const systemOf = (name) => landscape.systems[name];

/** Tries one thing; the runner counts the lines. */
export async function check(name, run) {
  try {
    await run();
    console.log(`ok   ${name}`);
  } catch (error) {
    const answered = error.cause?.response?.data ?? error.rootCause?.response?.data ?? '';
    console.log(`FAIL ${name}: ${String(error.message).split('\n')[0]}`);
    console.error(error.stack, JSON.stringify(answered));
    process.exitCode = 1;
  }
}
