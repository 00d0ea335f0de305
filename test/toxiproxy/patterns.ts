/** Patterns of traffic: every toxic on both streams, from the beginning and on live connections. */
import { add, change, remove, set, toxic } from '../../chaos/network/testing/steps.ts';
import type { Pattern } from '../../chaos/network/testing/traffic.ts';

const streams = ['upstream', 'downstream'] as const;

function* plain(): Generator<Pattern> {
  for (const bytes of [1, 1000, 70_000, 2_000_000]) {
    yield { name: `echo of ${bytes}`, steps: [[0, { send: bytes }]], lastsMs: 250 };
  }
  yield { name: 'nothing at all', steps: [], lastsMs: 100 };
  yield {
    name: 'many small ones',
    steps: Array.from({ length: 20 }, (_, i) => [i * 5, { send: 100 }] as const),
    lastsMs: 250,
  };
  yield {
    name: 'the client ends',
    steps: [
      [0, { send: 100 }],
      [50, { do: 'end' }],
    ],
    lastsMs: 200,
  };
  yield { name: 'the client ends at once', steps: [[0, { do: 'end' }]], lastsMs: 150 };
  yield {
    name: 'the client resets',
    steps: [
      [0, { send: 100 }],
      [50, { do: 'reset' }],
    ],
    lastsMs: 200,
  };
  yield {
    name: 'upstream ends',
    steps: [
      [0, { send: 100 }],
      [50, { do: 'upstreamEnd' }],
    ],
    lastsMs: 200,
  };
  yield {
    name: 'upstream resets',
    steps: [
      [0, { send: 100 }],
      [50, { do: 'upstreamReset' }],
    ],
    lastsMs: 200,
  };
  yield { name: 'nobody upstream', upstream: 'absent', steps: [], lastsMs: 150 };
  yield {
    name: 'upstream reads late',
    upstream: 'slow',
    steps: [[0, { send: 8_000_000 }]],
    lastsMs: 900,
  };
  yield {
    name: 'answer after the client half-closed',
    upstream: 'sink',
    steps: [
      [0, { send: 10 }],
      [20, { do: 'end' }],
      [60, { upstreamSend: 10 }],
    ],
    lastsMs: 200,
  };
  yield {
    name: 'upstream speaks first',
    upstream: 'sink',
    steps: [
      [40, { upstreamSend: 5000 }],
      [80, { do: 'upstreamEnd' }],
    ],
    lastsMs: 200,
  };
}

function* proxies(): Generator<Pattern> {
  yield {
    name: 'disabled while open',
    steps: [
      [0, { send: 10 }],
      [60, set({ enabled: false })],
    ],
    lastsMs: 200,
  };
  yield {
    name: 'disabled, then connected',
    steps: [
      [0, set({ enabled: false })],
      [50, { do: 'reconnect' }],
    ],
    lastsMs: 150,
  };
  yield {
    name: 'disabled and enabled',
    steps: [
      [0, set({ enabled: false })],
      [50, set({ enabled: true })],
      [100, { do: 'reconnect' }],
      [120, { send: 10 }],
    ],
    lastsMs: 250,
  };
  yield {
    name: 'deleted while open',
    steps: [
      [0, { send: 10 }],
      [60, { api: ['DELETE', '{p}'] }],
    ],
    lastsMs: 200,
  };
  yield {
    name: 'led elsewhere while open',
    steps: [
      [0, { send: 10 }],
      [60, set({ upstream: '127.0.0.1:9' })],
    ],
    lastsMs: 200,
  };
  yield {
    name: 'updated to the same while open',
    steps: [
      [0, { send: 10 }],
      [60, set({})],
      [90, { send: 10 }],
    ],
    lastsMs: 200,
  };
  for (const stream of streams) {
    yield {
      name: `disabled with bytes held ${stream}`,
      toxics: [toxic('latency', { latency: 150 }, { stream })],
      steps: [
        [0, { send: 10 }],
        [60, set({ enabled: false })],
      ],
      lastsMs: 300,
    };
    yield {
      name: `disabled and enabled keeps toxics ${stream}`,
      toxics: [toxic('latency', { latency: 100 }, { stream })],
      steps: [
        [0, set({ enabled: false })],
        [30, set({ enabled: true })],
        [60, { do: 'reconnect' }],
        [80, { send: 10 }],
      ],
      lastsMs: 350,
    };
  }
}

function* latencies(): Generator<Pattern> {
  for (const stream of streams) {
    const name = `latency_${stream}`;
    const held = [toxic('latency', { latency: 300 }, { stream })];
    for (const latency of [0, 1, 40, 200, -50]) {
      yield {
        name: `latency ${latency} ${stream}`,
        toxics: [toxic('latency', { latency }, { stream })],
        steps: [
          [0, { send: 100 }],
          [20, { send: 100 }],
        ],
        lastsMs: 400,
      };
    }
    yield {
      name: `latency of a lot ${stream}`,
      toxics: [toxic('latency', { latency: 100 }, { stream })],
      steps: [[0, { send: 3_000_000 }]],
      lastsMs: 500,
    };
    yield {
      name: `latency and an end ${stream}`,
      toxics: held,
      steps: [
        [0, { send: 100 }],
        [30, { do: 'upstreamEnd' }],
      ],
      lastsMs: 500,
    };
    yield {
      name: `latency and the client's end ${stream}`,
      toxics: held,
      steps: [
        [0, { send: 100 }],
        [30, { do: 'end' }],
      ],
      lastsMs: 500,
    };
    yield {
      name: `latency twice ${stream}`,
      toxics: [
        toxic('latency', { latency: 80 }, { stream }),
        toxic('latency', { latency: 120 }, { stream, name: 'second' }),
      ],
      steps: [
        [0, { send: 100 }],
        [10, { send: 100 }],
      ],
      lastsMs: 450,
    };
    yield {
      name: `latency removed while it holds ${stream}`,
      toxics: held,
      steps: [
        [0, { send: 100 }],
        [10, { send: 100 }],
        [100, remove(name)],
      ],
      lastsMs: 450,
    };
    yield {
      name: `latency reset while it holds ${stream}`,
      toxics: held,
      steps: [
        [0, { send: 100 }],
        [10, { send: 2_000_000 }],
        [100, { api: ['POST', '/proxies/none', {}] }],
        [100, remove(name)],
      ],
      lastsMs: 500,
    };
    yield {
      name: `latency shortened while it holds ${stream}`,
      toxics: held,
      steps: [
        [0, { send: 100 }],
        [50, { send: 100 }],
        [100, change(name, { attributes: { latency: 60 } })],
        [150, { send: 100 }],
      ],
      lastsMs: 500,
    };
    yield {
      name: `latency lengthened ${stream}`,
      toxics: [toxic('latency', { latency: 50 }, { stream })],
      steps: [
        [0, { send: 100 }],
        [100, change(name, { attributes: { latency: 200 } })],
        [120, { send: 100 }],
      ],
      lastsMs: 500,
    };
    yield {
      name: `latency added to a live connection ${stream}`,
      steps: [
        [0, { send: 100 }],
        [50, add(toxic('latency', { latency: 150 }, { stream }))],
        [80, { send: 100 }],
      ],
      lastsMs: 400,
    };
    yield {
      name: `latency added and removed, bytes in between ${stream}`,
      steps: [
        [0, { send: 1_000_000 }],
        [20, add(toxic('latency', { latency: 150 }, { stream }))],
        [30, { send: 1_000_000 }],
        [60, remove(name)],
        [60, { send: 1_000_000 }],
      ],
      lastsMs: 500,
    };
    yield {
      name: `second latency on what the first holds ${stream}`,
      toxics: held,
      steps: [
        [0, { send: 100 }],
        [100, add(toxic('latency', { latency: 100 }, { stream, name: 'second' }))],
        [120, { send: 100 }],
      ],
      lastsMs: 750,
    };
    yield {
      name: `first of two latencies removed ${stream}`,
      toxics: [...held, toxic('latency', { latency: 100 }, { stream, name: 'second' })],
      steps: [
        [0, { send: 100 }],
        [100, remove(name)],
        [150, { send: 100 }],
      ],
      lastsMs: 600,
    };
    yield {
      name: `second of two latencies removed ${stream}`,
      toxics: [...held, toxic('latency', { latency: 100 }, { stream, name: 'second' })],
      steps: [
        [0, { send: 100 }],
        [100, remove('second')],
        [150, { send: 100 }],
      ],
      lastsMs: 700,
    };
    yield {
      name: `latency with toxicity 0 ${stream}`,
      toxics: [toxic('latency', { latency: 200 }, { stream, toxicity: 0 })],
      steps: [[0, { send: 100 }]],
      lastsMs: 300,
    };
    yield {
      name: `toxicity from 0 to 1 ${stream}`,
      toxics: [toxic('latency', { latency: 200 }, { stream, toxicity: 0 })],
      steps: [
        [0, { send: 100 }],
        [50, change(name, { toxicity: 1 })],
        [80, { send: 100 }],
      ],
      lastsMs: 450,
    };
  }
}

function* bandwidths(): Generator<Pattern> {
  for (const stream of streams) {
    const name = `bandwidth_${stream}`;
    for (const [rate, bytes] of [
      [100, 20_000],
      [10, 3000],
      [1000, 300_000],
      [20_000, 2_000_000],
      [1, 100],
      [100_000, 4_000_000],
    ] as const) {
      yield {
        name: `bandwidth ${rate} of ${bytes} ${stream}`,
        toxics: [toxic('bandwidth', { rate }, { stream })],
        steps: [[0, { send: bytes }]],
        lastsMs: 700,
      };
    }
    yield {
      name: `bandwidth in many pieces ${stream}`,
      toxics: [toxic('bandwidth', { rate: 20 }, { stream })],
      steps: Array.from({ length: 10 }, (_, i) => [i * 10, { send: 600 }] as const),
      lastsMs: 700,
    };
    yield {
      name: `bandwidth 0 stalls ${stream}`,
      toxics: [toxic('bandwidth', {}, { stream })],
      steps: [[0, { send: 1000 }]],
      lastsMs: 250,
    };
    yield {
      name: `bandwidth 0 removed ${stream}`,
      toxics: [toxic('bandwidth', {}, { stream })],
      steps: [
        [0, { send: 1000 }],
        [30, { send: 500_000 }],
        [150, remove(name)],
      ],
      lastsMs: 400,
    };
    yield {
      name: `bandwidth removed midway ${stream}`,
      toxics: [toxic('bandwidth', { rate: 100 }, { stream })],
      steps: [
        [0, { send: 100_000 }],
        [250, remove(name)],
      ],
      lastsMs: 500,
    };
    yield {
      name: `bandwidth raised midway ${stream}`,
      toxics: [toxic('bandwidth', { rate: 10 }, { stream })],
      steps: [
        [0, { send: 3000 }],
        [150, change(name, { attributes: { rate: 1000 } })],
        [200, { send: 50_000 }],
      ],
      lastsMs: 500,
    };
    yield {
      name: `bandwidth and an end ${stream}`,
      toxics: [toxic('bandwidth', { rate: 50 }, { stream })],
      steps: [
        [0, { send: 10_000 }],
        [100, { do: 'upstreamEnd' }],
      ],
      lastsMs: 500,
    };
    yield {
      name: `bandwidth added on a live connection ${stream}`,
      steps: [
        [0, { send: 1000 }],
        [50, add(toxic('bandwidth', { rate: 50 }, { stream }))],
        [80, { send: 10_000 }],
      ],
      lastsMs: 500,
    };
  }
}

function* closers(): Generator<Pattern> {
  for (const stream of streams) {
    for (const delay of [0, 150]) {
      yield {
        name: `slow_close ${delay} ${stream}, upstream ends`,
        toxics: [toxic('slow_close', { delay }, { stream })],
        steps: [
          [0, { send: 100 }],
          [50, { do: 'upstreamEnd' }],
        ],
        lastsMs: 450,
      };
      yield {
        name: `slow_close ${delay} ${stream}, the client ends`,
        toxics: [toxic('slow_close', { delay }, { stream })],
        steps: [
          [0, { send: 100 }],
          [50, { do: 'end' }],
        ],
        lastsMs: 450,
      };
    }
    yield {
      name: `slow_close removed while it waits ${stream}`,
      toxics: [toxic('slow_close', { delay: 2000 }, { stream })],
      steps: [
        [0, { send: 100 }],
        [50, { do: 'upstreamEnd' }],
        [50, { do: 'end' }],
        [150, remove(`slow_close_${stream}`)],
      ],
      lastsMs: 350,
    };
    yield {
      name: `slow_close shortened while it waits ${stream}`,
      toxics: [toxic('slow_close', { delay: 2000 }, { stream })],
      steps: [
        [0, { send: 100 }],
        [50, { do: 'upstreamEnd' }],
        [50, { do: 'end' }],
        [150, change(`slow_close_${stream}`, { attributes: { delay: 100 } })],
      ],
      lastsMs: 450,
    };
    for (const timeout of [0, 150]) {
      const timeouts = [toxic('timeout', { timeout }, { stream })];
      const name = `timeout_${stream}`;
      yield {
        name: `timeout ${timeout} ${stream}`,
        toxics: timeouts,
        steps: [[0, { send: 100 }]],
        lastsMs: 350,
      };
      yield {
        name: `timeout ${timeout} ${stream} restarts with each chunk`,
        toxics: timeouts,
        steps: [
          [0, { send: 100 }],
          [100, { send: 100 }],
          [200, { send: 100 }],
        ],
        lastsMs: 550,
      };
      yield {
        name: `timeout ${timeout} ${stream} of silence`,
        toxics: timeouts,
        steps: [],
        lastsMs: 300,
      };
      yield {
        name: `timeout ${timeout} ${stream}, the client ends`,
        toxics: timeouts,
        steps: [[50, { do: 'end' }]],
        lastsMs: 300,
      };
      yield {
        name: `timeout ${timeout} ${stream} removed`,
        toxics: timeouts,
        steps: [
          [0, { send: 100 }],
          [80, remove(name)],
        ],
        lastsMs: 300,
      };
      yield {
        name: `timeout ${timeout} ${stream} changed`,
        toxics: timeouts,
        steps: [
          [0, { send: 100 }],
          [80, change(name, { attributes: { timeout: 100 } })],
        ],
        lastsMs: 400,
      };
      yield {
        name: `timeout ${timeout} ${stream} added`,
        steps: [
          [0, { send: 100 }],
          [50, add(timeouts[0] as object)],
          [80, { send: 100 }],
        ],
        lastsMs: 400,
      };
      yield {
        name: `timeout ${timeout} ${stream} not drawn`,
        toxics: [toxic('timeout', { timeout }, { stream, toxicity: 0 })],
        steps: [[0, { send: 100 }]],
        lastsMs: 300,
      };
    }
  }
}

function* limits(): Generator<Pattern> {
  for (const stream of streams) {
    for (const bytes of [0, 1, 99, 100, 101, 250, -5]) {
      yield {
        name: `limit_data ${bytes} ${stream}`,
        toxics: [toxic('limit_data', { bytes }, { stream })],
        steps: [
          [0, { send: 100 }],
          [40, { send: 100 }],
          [80, { send: 100 }],
        ],
        lastsMs: 200,
      };
    }
    const name = `limit_data_${stream}`;
    yield {
      name: `limit_data of a lot ${stream}`,
      toxics: [toxic('limit_data', { bytes: 1_234_567 }, { stream })],
      upstream: 'sink',
      steps: [[20, stream === 'upstream' ? { send: 2_000_000 } : { upstreamSend: 2_000_000 }]],
      lastsMs: 300,
    };
    yield {
      name: `limit_data raised ${stream}`,
      toxics: [toxic('limit_data', { bytes: 150 }, { stream })],
      steps: [
        [0, { send: 100 }],
        [50, change(name, { attributes: { bytes: 250 } })],
        [80, { send: 100 }],
        [120, { send: 100 }],
      ],
      lastsMs: 250,
    };
    yield {
      name: `limit_data lowered below what went ${stream}`,
      toxics: [toxic('limit_data', { bytes: 150 }, { stream })],
      steps: [
        [0, { send: 100 }],
        [50, change(name, { attributes: { bytes: 50 } })],
        [80, { send: 100 }],
      ],
      lastsMs: 250,
    };
    yield {
      name: `limit_data added later ${stream}`,
      steps: [
        [0, { send: 100 }],
        [50, add(toxic('limit_data', { bytes: 50 }, { stream }))],
        [80, { send: 100 }],
      ],
      lastsMs: 250,
    };
    yield {
      name: `limit_data removed ${stream}`,
      toxics: [toxic('limit_data', { bytes: 150 }, { stream })],
      steps: [
        [0, { send: 100 }],
        [50, remove(name)],
        [80, { send: 100 }],
      ],
      lastsMs: 250,
    };
    // Below a millisecond the pause is what the machine's timers make of it, so few of those.
    for (const [size, variation, delay, bytes] of [
      [10, 0, 0, 20_000],
      [10, 5, 0, 20_000],
      [1000, 100, 2000, 20_000],
      [20, 0, 5000, 600],
      [100, 0, 1000, 20_000],
      [100, 0, 200, 2000],
    ] as const) {
      yield {
        name: `slicer ${size}/${variation}/${delay} ${stream}`,
        toxics: [
          toxic('slicer', { average_size: size, size_variation: variation, delay }, { stream }),
        ],
        steps: [
          [0, { send: 200 }],
          [60, { send: bytes }],
        ],
        lastsMs: 700,
      };
    }
    yield {
      name: `slicer removed midway ${stream}`,
      toxics: [toxic('slicer', { average_size: 10, delay: 20_000 }, { stream })],
      steps: [
        [0, { send: 1000 }],
        [150, remove(`slicer_${stream}`)],
      ],
      lastsMs: 350,
    };
  }
}

function* resets(): Generator<Pattern> {
  for (const stream of streams) {
    for (const timeout of [0, 120]) {
      const toxics = [toxic('reset_peer', { timeout }, { stream })];
      yield {
        name: `reset_peer ${timeout} ${stream}`,
        toxics,
        steps: [[20, { send: 100 }]],
        lastsMs: 350,
      };
      yield { name: `reset_peer ${timeout} ${stream} of silence`, toxics, steps: [], lastsMs: 200 };
      yield {
        name: `reset_peer ${timeout} ${stream}, the client ends`,
        toxics,
        steps: [[50, { do: 'end' }]],
        lastsMs: 350,
      };
      yield {
        name: `reset_peer ${timeout} ${stream}, upstream ends`,
        toxics,
        steps: [[50, { do: 'upstreamEnd' }]],
        lastsMs: 350,
      };
      yield {
        name: `reset_peer ${timeout} ${stream} on an older connection`,
        steps: [
          [0, { send: 10 }],
          [50, add(toxics[0] as object)],
          [80, { send: 10 }],
        ],
        lastsMs: 350,
      };
      yield {
        name: `reset_peer ${timeout} ${stream} not drawn`,
        toxics: [toxic('reset_peer', { timeout }, { stream, toxicity: 0 })],
        steps: [
          [0, { send: 100 }],
          [60, { do: 'upstreamEnd' }],
        ],
        lastsMs: 200,
      };
      yield {
        name: `reset_peer ${timeout} ${stream} removed before anything`,
        toxics,
        steps: [
          [30, remove(`reset_peer_${stream}`)],
          [60, { send: 100 }],
          [90, { do: 'upstreamEnd' }],
        ],
        lastsMs: 250,
      };
      yield {
        name: `reset_peer ${timeout} ${stream} disabled`,
        toxics,
        steps: [[50, set({ enabled: false })]],
        lastsMs: 200,
      };
    }
  }
}

function* chains(): Generator<Pattern> {
  const some: readonly (readonly [string, object])[] = [
    ['latency', { latency: 80 }],
    ['bandwidth', { rate: 50 }],
    ['limit_data', { bytes: 3000 }],
    ['slow_close', { delay: 100 }],
    ['slicer', { average_size: 500, delay: 1000 }],
    ['timeout', { timeout: 150 }],
    ['reset_peer', { timeout: 50 }],
  ];
  for (const [first, a] of some) {
    for (const [second, b] of some) {
      if (first === second) continue;
      yield {
        name: `${first} then ${second}`,
        toxics: [toxic(first, a), toxic(second, b)],
        steps: [
          [0, { send: 2000 }],
          [60, { send: 2000 }],
          [120, { do: 'upstreamEnd' }],
        ],
        lastsMs: 700,
      };
    }
  }
}

export const patterns: readonly Pattern[] = [
  ...plain(),
  ...proxies(),
  ...latencies(),
  ...bandwidths(),
  ...closers(),
  ...limits(),
  ...resets(),
  ...chains(),
];
