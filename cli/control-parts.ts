/** The control API and the console, in one piece that is loaded when a command asks for it. */
export { ControlPlane } from '../control/control-plane.ts';
export { startControlServer } from '../control/control-server.ts';
export { controlled } from '../control/controlled-landscape.ts';
export { consoleAssets } from '../report/console/assets.ts';
