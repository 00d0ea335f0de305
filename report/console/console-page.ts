/**
 * The console's page: a frame that the script fills. It holds no data and no secret, so it may be asked
 * for by anybody; the token comes in the fragment of the address, which no server is sent.
 */

/** The whole document. */
export const consolePage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>seatrial console</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/console/console.css">
<script src="/console/console.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the figures</a>
<header class="top">
  <h1><span class="mark" aria-hidden="true"></span>seatrial <span class="soft">console</span></h1>
  <label class="pick"><span class="aside">Landscape</span><select id="landscape"></select></label>
  <p class="now">
    <span id="phase" class="tag"></span>
    <span id="elapsed" class="mono">0 s</span>
    <span id="today" class="soft"></span>
  </p>
  <p class="link" id="link" data-state="waiting"><span class="dot" aria-hidden="true"></span><span id="link-text">connecting</span></p>
  <p class="verdict" id="verdict" data-status="unknown"><span class="shape" aria-hidden="true"></span><span id="verdict-text">no verdict yet</span></p>
</header>
<p class="aside" id="said" role="status" aria-live="polite"></p>
<form id="ask" class="ask" hidden>
  <label>Control token <input id="token" name="token" type="password" autocomplete="off" spellcheck="false" required></label>
  <button type="submit">Connect</button>
  <p class="soft">seatrial prints it when it starts: --console gives the address with the token in it.</p>
</form>
<main id="main" tabindex="-1">
  <section class="bar" aria-label="Clock and faults">
    <div class="group">
      <button id="pause" type="button" aria-keyshortcuts="p">Pause</button>
      <button id="step" type="button" aria-keyshortcuts="s">Step</button>
      <label><span class="aside">Step by</span><select id="step-by">
        <option value="100ms">100 ms</option><option value="1s" selected>1 s</option><option value="10s">10 s</option><option value="1m">1 min</option>
      </select></label>
      <label class="speed">Speed <select id="speed">
        <option value="0.25">&times;&frac14;</option><option value="1" selected>&times;1</option><option value="2">&times;2</option><option value="5">&times;5</option><option value="20">&times;20</option>
      </select></label>
    </div>
    <form class="group" id="inject">
      <label><span class="aside">Fault</span><select id="fault-kind"></select></label>
      <label>at <select id="fault-system"></select></label>
      <label>rate <input id="fault-rate" type="number" min="1" max="100" value="100" inputmode="numeric"> %</label>
      <label>for <select id="fault-for"><option value="">until healed</option><option>5s</option><option>15s</option><option>1m</option></select></label>
      <button type="submit" class="fault">Inject fault</button>
    </form>
    <button id="heal" type="button" class="heal">Heal all</button>
  </section>
  <section class="figures" aria-label="Counts"><dl id="counts"></dl></section>
  <section class="panel wide" aria-labelledby="h-time">
    <h2 id="h-time">Over time</h2>
    <div class="charts">
      <figure><figcaption>Documents in flight</figcaption><div id="chart-flight" class="plot"></div></figure>
      <figure><figcaption><span class="swatch exchanges"></span>exchanges <span class="swatch failed"></span>failed <span class="swatch faults"></span>faults fired</figcaption><div id="chart-exchanges" class="plot"></div></figure>
    </div>
  </section>
  <section class="panel wide" aria-labelledby="h-systems"><h2 id="h-systems">Systems</h2><div id="systems" class="systems"></div></section>
  <section class="panel" aria-labelledby="h-promises">
    <h2 id="h-promises">Promises <span id="promise-sum" class="soft"></span></h2>
    <div id="promises"></div>
  </section>
  <section class="panel" aria-labelledby="h-owed"><h2 id="h-owed">Still owed <span id="owed-sum" class="soft"></span></h2><ul id="owed" class="owed"></ul></section>
  <section class="panel" aria-labelledby="h-faults">
    <h2 id="h-faults">Faults</h2>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="h-faults"><table><thead><tr><th scope="col">fault</th><th scope="col" class="number">fired</th><th scope="col"><span class="aside">heal</span></th></tr></thead><tbody id="faults"></tbody></table></div>
    <p id="no-faults" class="soft">None. Inject one above.</p>
  </section>
  <section class="panel" aria-labelledby="h-exchanges">
    <h2 id="h-exchanges">Exchanges</h2>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="h-exchanges"><table class="exchanges"><thead><tr><th scope="col">after</th><th scope="col">link</th><th scope="col">what</th><th scope="col">key</th><th scope="col">answer</th></tr></thead><tbody id="exchanges"></tbody></table></div>
  </section>
  <section class="panel wide" aria-labelledby="h-story">
    <h2 id="h-story">Story</h2>
    <label class="find"><span class="aside">Find in the story</span><input id="story-find" type="search" placeholder="find a number, a word" autocomplete="off" spellcheck="false"></label>
    <ol id="story" class="story scroll" tabindex="0" aria-labelledby="h-story"></ol>
  </section>
</main>
<aside id="toasts" aria-label="What came of it"></aside>
<footer class="soft">Keys: <kbd>p</kbd> pause or resume, <kbd>s</kbd> step. Times are trial time since the first record.</footer>
</body>
</html>
`;
