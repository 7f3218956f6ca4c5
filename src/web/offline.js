// The service worker: keeps every file of one generation, or none of them. It never takes over a running page: a new
// generation waits until the last tab of the old one is closed, so no page ever meets files of another version.
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';

precacheAndRoute(self.__WB_MANIFEST, { cleanURLs: false });
cleanupOutdatedCaches();
