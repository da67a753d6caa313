"use strict";
// The page: controls, the address, and drawing what the worker answers.
addEventListener("DOMContentLoaded", () => {
	const $ = (id) => document.getElementById(id);
	const canvas = $("picture");

	function fail(text) {
		$("state").textContent = canvas.hidden ? "There is nothing to show." : "";
		$("wrong").textContent = text;
	}

	if (!$("facts") || !$("weights")) return fail("This file is incomplete: copy or download it again.");
	const facts = JSON.parse($("facts").textContent);
	const count = facts.directions;
	document.title = facts.name;
	$("name").textContent = facts.name;
	$("about").textContent = facts.points ? "Drag in the plane, or move the sliders." : "Drag the picture, or move the sliders.";
	$("step").textContent = facts.step.toLocaleString("en");
	$("version").textContent = facts.version;
	document.documentElement.style.setProperty("--ratio", facts.width / facts.height);
	canvas.classList.toggle("points", facts.points);

	// place is what is shown: the latent of a seed, moved along the directions. Moves are hundredths,
	// so that the address says them to the last bit.
	let place = { seed: "1", moves: Array(count).fill(0), class: 0, part: 0 };
	let along = Array(count).fill(0); // where the seed's latent lies along each direction
	let alongOf = "";
	let shown = null; // the last answer
	let frame = null; // of points: x, y and half a side

	// ---- the address ----

	function address() {
		const parts = [`seed=${place.seed}`];
		if (facts.classes.length) parts.push(`class=${place.class}`);
		if (facts.generators > 1) parts.push(`generator=${place.part}`);
		const last = place.moves.findLastIndex((v) => v !== 0);
		if (last >= 0) parts.push("at=" + place.moves.slice(0, last + 1).join(","));
		return "#" + parts.join("&");
	}

	const most = 2n ** 64n - 1n;
	const goodSeed = (text) => /^\d{1,20}$/.test(text) && BigInt(text) <= most;

	// read returns the place that an address names, and says what it cannot.
	function read(hash) {
		const to = { seed: "1", moves: Array(count).fill(0), class: 0, part: 0 };
		const wrong = [];
		const number = (text, below) => (/^\d{1,9}$/.test(text) && Number(text) < below ? Number(text) : null);
		for (const [key, text] of new URLSearchParams(hash.replace(/^#/, ""))) {
			let good = false;
			if (key === "seed" && goodSeed(text)) {
				to.seed = BigInt(text).toString();
				good = true;
			} else if (key === "class" || key === "generator") {
				const k = number(text, key === "class" ? facts.classes.length : facts.generators);
				if ((good = k !== null)) to[key === "class" ? "class" : "part"] = k;
			} else if (key === "at") {
				const moves = text.split(",").map(Number);
				good = moves.length <= count && moves.every((v) => Number.isFinite(v) && Math.abs(v) <= 1000);
				if (good) moves.forEach((v, k) => (to.moves[k] = hundredths(v)));
			}
			if (!good) wrong.push(`${key}=${text}`);
		}
		$("wrong").textContent = wrong.length ? `The address asks for what this page does not have: ${wrong.join(", ")}.` : "";
		return to;
	}

	let waiting = 0;
	function remember(anew) {
		clearTimeout(waiting);
		if (address() === location.hash) return;
		try {
			history[anew ? "pushState" : "replaceState"](null, "", address());
		} catch {
			location.replace(address());
		}
	}

	// ---- moving ----

	const hundredths = (v) => Math.round(v * 100) / 100 || 0;

	// within keeps a move where its slider can go.
	function within(k, move) {
		const low = Math.min(-facts.reach, along[k]), high = Math.max(facts.reach, along[k]);
		return hundredths(Math.max(low, Math.min(high, along[k] + move)) - along[k]);
	}

	function go(change) {
		place = { ...place, ...change };
		clearTimeout(waiting);
		waiting = setTimeout(remember, 200);
		$("wrong").textContent = "";
		refresh();
		draw();
	}

	function moveTo(moves) {
		go({ moves: place.moves.map((v, k) => (moves[k] === undefined ? v : within(k, moves[k]))) });
	}

	function random() {
		remember(false);
		place = { ...place, seed: String(Math.floor(Math.random() * 100000)), moves: Array(count).fill(0) };
		remember(true);
		go({});
	}

	const reset = () => go({ moves: Array(count).fill(0) });

	// ---- the worker ----

	let worker, busy = true, again = false;

	function draw() {
		if (busy) {
			again = true;
			return;
		}
		busy = true;
		again = false;
		worker.postMessage({ ...place, points: facts.points, text: address() });
	}

	function answered({ data }) {
		busy = false;
		if (data.error) return fail(data.error);
		if (data.ready) return begin(data);
		shown = data;
		if (alongOf !== data.ask.seed) {
			along = data.along;
			alongOf = data.ask.seed;
			refresh();
		}
		paint();
		if (facts.points) canvas.dataset.point = data.point.join(" ");
		canvas.dataset.shows = data.ask.text;
		canvas.dataset.drawn = Number(canvas.dataset.drawn || 0) + 1;
		if (again) draw();
	}

	function begin(data) {
		if (data.all) frame = around(data.all);
		for (const e of document.querySelectorAll(":disabled")) e.disabled = false;
		$("state").hidden = true;
		canvas.hidden = false;
		draw();
	}

	// ---- drawing ----

	// around returns a frame with all points in it.
	function around(points) {
		const low = [Infinity, Infinity], high = [-Infinity, -Infinity];
		points.forEach((v, i) => {
			low[i % 2] = Math.min(low[i % 2], v);
			high[i % 2] = Math.max(high[i % 2], v);
		});
		return { x: (low[0] + high[0]) / 2, y: (low[1] + high[1]) / 2, half: 0.6 * Math.max(high[0] - low[0], high[1] - low[1], 0.1) };
	}

	function paint() {
		if (!shown) return;
		if (facts.points) {
			const side = Math.max(1, Math.round(canvas.clientWidth * devicePixelRatio));
			if (canvas.width !== side || canvas.height !== side) canvas.width = canvas.height = side;
			return plot(canvas, devicePixelRatio);
		}
		if (canvas.width !== facts.width) canvas.width = facts.width;
		if (canvas.height !== facts.height) canvas.height = facts.height;
		canvas.getContext("2d").putImageData(new ImageData(shown.pixels, facts.width), 0, 0);
	}

	// plot draws points: the grid of latents, random ones, and the place.
	function plot(onto, unit) {
		const pen = onto.getContext("2d"), side = onto.width;
		const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name);
		const at = (x, y) => [((x - frame.x) / frame.half + 1) * side / 2, (1 - (y - frame.y) / frame.half) * side / 2];
		pen.fillStyle = colour("--card");
		pen.fillRect(0, 0, side, side);
		pen.strokeStyle = colour("--grid");
		pen.lineWidth = unit;
		const lines = shown.lines;
		for (let first = 0; first < lines.length; first += 2 * facts.fine) {
			pen.beginPath();
			for (let i = 0; i < facts.fine; i++) pen.lineTo(...at(lines[first + 2 * i], lines[first + 2 * i + 1]));
			pen.stroke();
		}
		pen.fillStyle = colour("--points");
		const dot = (x, y, r) => {
			pen.beginPath();
			pen.arc(...at(x, y), r * unit, 0, 2 * Math.PI);
			pen.fill();
		};
		for (let i = 0; i < shown.cloud.length; i += 2) dot(shown.cloud[i], shown.cloud[i + 1], 2);
		pen.fillStyle = colour("--card");
		dot(...shown.point, 9);
		pen.fillStyle = colour("--accent");
		dot(...shown.point, 7);
	}

	// save writes a picture of at least 512 pixels a side, each of whose squares is one pixel.
	function save() {
		if (!shown) return;
		const copy = document.createElement("canvas");
		if (facts.points) {
			copy.width = copy.height = 1024;
			plot(copy, 2);
		} else {
			const times = Math.ceil(512 / Math.max(facts.width, facts.height));
			copy.width = times * facts.width;
			copy.height = times * facts.height;
			const pen = copy.getContext("2d");
			pen.imageSmoothingEnabled = false;
			pen.drawImage(canvas, 0, 0, copy.width, copy.height);
		}
		copy.toBlob((png) => {
			const link = document.createElement("a");
			link.href = URL.createObjectURL(png);
			link.download = `${facts.file}-seed-${shown.ask.seed}.png`;
			link.click();
			setTimeout(() => URL.revokeObjectURL(link.href), 60000);
		}, "image/png");
	}

	// ---- the controls ----

	const knobs = [];
	for (let k = 0; k < count; k++) {
		const row = document.createElement("label"), name = document.createElement("span");
		const slider = document.createElement("input"), value = document.createElement("output");
		row.className = "knob";
		name.textContent = `Direction ${k + 1}`;
		Object.assign(slider, { type: "range", min: -facts.reach, max: facts.reach, step: "any", disabled: true });
		slider.oninput = () => moveTo({ [k]: Number(slider.value) - along[k] });
		row.append(name, slider, value);
		$("knobs").append(row);
		knobs.push({ slider, value });
	}

	// refresh shows the place on the controls.
	function refresh() {
		knobs.forEach(({ slider, value }, k) => {
			const v = along[k] + place.moves[k];
			if (Math.abs(Number(slider.value) - v) > 0.005) slider.value = v;
			value.textContent = v.toFixed(2).replace("-", "−");
		});
		$("seed").value = place.seed;
		$("class").selectedIndex = place.class;
		$("part").selectedIndex = place.part;
	}

	function choices(id, names) {
		$(id).parentElement.hidden = names.length === 0;
		$(id).append(...names.map((name) => new Option(name)));
		$(id).onchange = () => go({ [id]: $(id).selectedIndex });
	}
	choices("class", facts.classes);
	choices("part", facts.generators > 1 ? Array.from({ length: facts.generators }, (_, i) => String(i + 1)) : []);
	$("digits").hidden = facts.classes.length === 0;
	$("random").onclick = random;
	$("reset").onclick = reset;
	$("save").onclick = save;
	$("seed").onchange = () => {
		const text = $("seed").value.trim();
		if (goodSeed(text)) return go({ seed: BigInt(text).toString(), moves: Array(count).fill(0) });
		$("wrong").textContent = `A seed is a whole number from 0 to ${most}.`;
		$("seed").value = place.seed;
	};

	// A drag over the whole picture goes twice as far as a slider reaches, down its second direction.
	let from = null;
	canvas.onpointerdown = (e) => {
		if (!e.isPrimary || e.button !== 0) return;
		canvas.setPointerCapture(e.pointerId);
		from = { x: e.clientX, y: e.clientY, moves: place.moves };
	};
	canvas.onpointermove = (e) => {
		if (!from || !e.isPrimary) return;
		const box = canvas.getBoundingClientRect(), far = 2 * facts.reach;
		const moves = {};
		if (count > 0) moves[0] = from.moves[0] + far * (e.clientX - from.x) / box.width;
		if (count > 1) moves[1] = from.moves[1] + far * (e.clientY - from.y) / box.height;
		moveTo(moves);
	};
	canvas.onpointerup = canvas.onpointercancel = (e) => {
		if (e.isPrimary) from = null;
		remember();
	};

	function step(k, distance) {
		if (k < count) moveTo({ [k]: place.moves[k] + distance });
	}

	const arrows = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, -1], ArrowDown: [1, 1] };
	addEventListener("keydown", (e) => {
		const on = e.target;
		if (canvas.hidden || e.ctrlKey || e.metaKey || e.altKey || on.matches("select, input[type=text]")) return;
		const range = on.matches("input[type=range]");
		if (arrows[e.key] && !range) {
			const [k, sign] = arrows[e.key];
			step(k, sign * facts.reach * (e.shiftKey ? 0.01 : 0.04));
		} else if (e.key === "Home" && !range) {
			reset();
		} else if (/^[0-9]$/.test(e.key) && facts.classes.length) {
			const named = facts.classes.indexOf(e.key), k = named < 0 ? (Number(e.key) + 9) % 10 : named;
			if (k < facts.classes.length) go({ class: k });
		} else if (e.key === "r" || e.key === "R") {
			random();
		} else if (e.key === "s" || e.key === "S") {
			save();
		} else {
			return;
		}
		e.preventDefault();
	});

	addEventListener("hashchange", () => {
		if (location.hash === address()) return;
		place = read(location.hash);
		refresh();
		draw();
	});
	new ResizeObserver(() => facts.points && paint()).observe(canvas);
	matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => facts.points && paint());

	// ---- the start ----

	place = read(location.hash);
	refresh();
	if (typeof WebAssembly !== "object" || typeof Worker !== "function" || typeof DecompressionStream !== "function") {
		return fail("This page needs WebAssembly: open it in a current Firefox, Chrome, Edge or Safari.");
	}
	try {
		worker = new Worker(URL.createObjectURL(new Blob([$("worker").textContent], { type: "text/javascript" })));
	} catch (e) {
		return fail(`This browser does not start the engine of the page (${e.message}): open it in another one.`);
	}
	worker.onmessage = answered;
	worker.onerror = (e) => fail(`The engine of the page does not run in this browser (${e.message || "no reason given"}): open it in another one.`);
	worker.postMessage({ engine: $("engine").textContent, weights: $("weights").textContent, points: facts.points });
	$("engine").remove();
	$("weights").remove();
});
