// Node-RED as the integration under test: no editor, loopback only, nothing told to anybody.
module.exports = {
  uiHost: '127.0.0.1',
  uiPort: Number(process.env.PORT ?? 1880),
  httpAdminRoot: false,
  disableEditor: true,
  userDir: process.env.SEATRIAL_DATA_DIR,
  flowFile: process.env.FLOW_FILE,
  credentialSecret: false,
  telemetry: { enabled: false },
  editorTheme: { tours: false },
  functionExternalModules: false,
  functionGlobalContext: { env: process.env },
  logging: { console: { level: 'warn', metrics: false, audit: false } },
};
