import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [vue()],
  server: {
    host: "127.0.0.1",
    port: 5174,
    strictPort: true, // the API's CORS_ORIGINS names this port
    fs: { allow: [".."] }, // for ../shared
  },
});
