/** `npm run example:camel:install`: fetches Camel's jars, 25 MB, so that its test and the example can start. */
import { install } from './installed.ts';

install();
