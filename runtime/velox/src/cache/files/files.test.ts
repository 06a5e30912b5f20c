// The store in files, by the common suite.

import { join } from "node:path";
import { folderOf } from "../../testing/socket.js";
import { storeSuite } from "../../testing/store-suite.js";
import { FileStore } from "./files.js";

storeSuite("files", async (clock, settings = {}) => {
  const folder = await folderOf({});
  const open = () => FileStore.open({ folder: join(folder.path, "cache"), build: "test", clock: () => clock.now, pollEvery: 20, sweepEvery: 0, ...settings });
  const store = await open();
  return {
    store,
    other: open,
    async close() {
      await store.close();
      await folder.remove();
    },
  };
});
