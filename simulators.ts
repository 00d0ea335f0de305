/** The systems that seatrial can stand up, as `seatrial/simulators`. */
export * from './simulators/index.ts';
