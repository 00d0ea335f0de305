# seatrial in a container: Node, the built package and what it needs to run; no shell, no npm.
# It runs as nobody in particular, and with a read-only file system (give /tmp a tmpfs for trials whose
# integration it starts itself).
FROM node:24-bookworm-slim AS build
WORKDIR /seatrial
# A registry of your own: --build-arg NPM_CONFIG_REGISTRY=...
ARG NPM_CONFIG_REGISTRY
COPY . .
# One layer, so that what the build needs is never stored. No dependency needs its install script. Maps,
# types and readmes are for people who build against the package, not for those who run it.
RUN npm ci --ignore-scripts --no-audit --no-fund \
  && npm run build \
  && npm prune --omit=dev --omit=optional --omit=peer --ignore-scripts --no-audit --no-fund \
  && find dist node_modules -type f \
    \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.md' \) \
    -exec rm {} + \
  && mkdir /out && mv package.json LICENSE node_modules dist /out/

FROM gcr.io/distroless/nodejs24-debian12:nonroot
LABEL org.opencontainers.image.title="seatrial" org.opencontainers.image.licenses="MIT"
WORKDIR /seatrial
USER 65532:65532
# The control API; procurement, ERP and warehouse.
EXPOSE 7070 41001 41002 41003
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=5 \
  CMD ["/nodejs/bin/node", "-e", "fetch('http://127.0.0.1:7070/openapi.json').then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
# In here, only what the container publishes can be reached; which of that is the host's to say.
ENTRYPOINT ["/nodejs/bin/node", "/seatrial/dist/cli/main.js"]
CMD ["serve", "--host", "0.0.0.0", "--ports", "procurement=41001,erp=41002,wms=41003", \
     "--control", "7070", "--control-host", "0.0.0.0", "--quiet"]
# Last, because it is all that changes from one build to the next.
COPY --from=build /out ./
