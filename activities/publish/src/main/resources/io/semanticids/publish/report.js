(() => {
  const hosts = [...document.querySelectorAll(".chart")];
  const levels = JSON.parse(document.getElementById("loads").textContent);
  const HEIGHT = 190;
  let plots = [];

  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const whole = (value) => (value == null ? "" : value.toLocaleString("en-US"));

  function options(level, width) {
    const axis = { stroke: color("--quiet"), grid: { stroke: color("--line"), width: 1 }, ticks: { show: false } };
    const size = level.before.length;
    const top = [...level.before, ...(level.after || [])].reduce((max, load) => Math.max(max, load), 1);
    const series = [
      { label: "code", value: (plot, value) => whole(value) },
      {
        label: level.after ? "before" : "items",
        fill: color("--bar"),
        stroke: color("--bar"),
        // Bars narrower than a pixel would fade away: there one outline stands for them.
        width: size > 500 ? 1 : 0,
        paths: size > 500 ? uPlot.paths.stepped({ align: 1 }) : uPlot.paths.bars({ size: [size > 100 ? 1 : 0.85, 40] }),
        points: { show: false },
        value: (plot, value) => whole(value),
      },
    ];
    if (level.after) {
      series.push({
        label: "after",
        stroke: color("--accent"),
        width: 2,
        paths: uPlot.paths.stepped({ align: 1 }),
        points: { show: size === 1, fill: color("--accent") },
        value: (plot, value) => whole(value),
      });
    }
    return {
      width,
      height: HEIGHT,
      legend: { live: true },
      cursor: { drag: { x: false, y: false }, points: { show: false } },
      scales: { x: { time: false, range: () => [-0.5, size - 0.5] }, y: { range: () => [0, top * 1.05] } },
      axes: [
        { ...axis, size: 28, grid: { show: false }, incrs: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384], values: (plot, values) => values.map(whole) },
        { ...axis, size: 70, incrs: [1, 2, 5, 10, 20, 50].flatMap((step) => [1, 1e2, 1e4, 1e6, 1e8].map((unit) => step * unit)).sort((a, b) => a - b), values: (plot, values) => values.map(whole) },
      ],
      series,
    };
  }

  function draw() {
    plots.forEach((plot) => plot.destroy());
    plots = levels.map((level, i) => {
      const codes = level.before.map((load, code) => code);
      const data = level.after ? [codes, level.before, level.after] : [codes, level.before];
      return new uPlot(options(level, hosts[i].clientWidth), data, hosts[i]);
    });
  }

  draw();
  addEventListener("resize", () => plots.forEach((plot, i) => plot.setSize({ width: hosts[i].clientWidth, height: HEIGHT })));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
