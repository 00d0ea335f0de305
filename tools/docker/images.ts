/** The public images that seatrial's own is made from and works with, pinned. */

export const images = {
  /** Builds seatrial's image. */
  build: 'node:24-bookworm-slim',
  /** Runs it: Node and the libraries that it needs. */
  runtime: 'gcr.io/distroless/nodejs24-debian12:nonroot',
  toxiproxy: 'ghcr.io/shopify/toxiproxy:2.12.0',
  k6: 'grafana/k6:1.8.1',
} as const;

/** What `docker build` of this checkout is tagged with. */
export const ownImage = 'seatrial:local';
