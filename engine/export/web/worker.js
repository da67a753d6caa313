"use strict";
// The worker starts the engine and draws what the page asks for, one thing at a time.

// unpack returns the bytes behind a text of base64 of gzip.
async function unpack(text) {
	let packed;
	if (Uint8Array.fromBase64) {
		packed = Uint8Array.fromBase64(text);
	} else {
		const raw = atob(text);
		packed = new Uint8Array(raw.length);
		for (let i = 0; i < raw.length; i++) packed[i] = raw.charCodeAt(i);
	}
	const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}

// whole is unpack of what the file must hold to its last byte.
async function whole(text) {
	try {
		return await unpack(text);
	} catch {
		throw new Error("This file is incomplete: copy or download it again.");
	}
}

// checked throws what the engine says is wrong.
function checked(result) {
	if (result && result.error) throw new Error(result.error);
	return result;
}

async function start(data) {
	const go = new Go();
	const { instance } = await WebAssembly.instantiate(await whole(data.engine), go.importObject);
	go.run(instance);
	checked(ganvas.load(await whole(data.weights)));
	return { ready: true, all: data.points ? checked(ganvas.cloud(-1, -1)) : null };
}

// remembered returns what make makes, and the same again as long as the key is the same.
const memory = {};
function remembered(what, key, make) {
	if (memory[what]?.key !== key) memory[what] = { key, value: checked(make()) };
	return memory[what].value;
}

// draw answers with what a place shows, and where its seed lies along the directions.
function draw(ask) {
	const { seed, moves, part } = ask, group = ask.class;
	const answer = { ask, along: checked(ganvas.along(seed)) };
	if (!ask.points) {
		answer.pixels = checked(ganvas.picture(seed, moves, group, part));
		return answer;
	}
	const others = moves.slice(2); // the grid goes along the first two, wherever the place lies on them
	answer.point = checked(ganvas.point(seed, moves, group, part));
	answer.cloud = remembered("cloud", `${group} ${part}`, () => ganvas.cloud(group, part));
	answer.lines = remembered("lines", `${seed} ${others} ${group} ${part}`, () => ganvas.lines(seed, moves, group, part));
	return answer;
}

onmessage = async ({ data }) => {
	try {
		postMessage(data.engine === undefined ? draw(data) : await start(data));
	} catch (e) {
		postMessage({ error: e.message || String(e) });
	}
};
