//go:build js && wasm

// Engine is the program inside a web page, compiled to WebAssembly: it reads the generator that the
// page holds, and draws with it. It runs in a worker, whose script is worker.js.
package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"syscall/js"

	"ganvas/engine/export/web/core"
)

var engine *core.Engine

func main() {
	js.Global().Set("ganvas", map[string]any{
		"load":    guarded(load),
		"along":   guarded(along),
		"picture": guarded(picture),
		"point":   guarded(point),
		"cloud":   guarded(cloud),
		"lines":   guarded(lines),
	})
	select {}
}

// guarded makes a function of f for the worker. What goes wrong comes back as an object with an
// error, as a panic would end the engine.
func guarded(f func(args []js.Value) (any, error)) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) (result any) {
		defer func() {
			if r := recover(); r != nil {
				result = map[string]any{"error": fmt.Sprint(r)}
			}
		}()
		result, err := f(args)
		if err != nil {
			return map[string]any{"error": err.Error()}
		}
		return result
	})
}

// load(bytes) takes over a model.
func load(args []js.Value) (any, error) {
	content := make([]byte, args[0].Length())
	js.CopyBytesToGo(content, args[0])
	m, err := core.Decode(content)
	if err != nil {
		return nil, err
	}
	engine = core.NewEngine(m)
	return nil, nil
}

// place reads seed, moves, class and part. A seed is a text, as it may have more digits than
// numbers in JavaScript.
func place(args []js.Value) (core.Place, error) {
	seed, err := strconv.ParseUint(args[0].String(), 10, 64)
	p := core.Place{Seed: seed, Class: args[2].Int(), Part: args[3].Int()}
	for i := range args[1].Length() {
		p.Moves = append(p.Moves, args[1].Index(i).Float())
	}
	return p, err
}

// along(seed) returns how far the latent of a seed lies along each direction.
func along(args []js.Value) (any, error) {
	seed, err := strconv.ParseUint(args[0].String(), 10, 64)
	if err != nil {
		return nil, err
	}
	var list []any
	for _, v := range engine.Along(seed) {
		list = append(list, v)
	}
	return list, nil
}

// picture(seed, moves, class, part) returns the pixels of a place.
func picture(args []js.Value) (any, error) {
	p, err := place(args)
	if err != nil {
		return nil, err
	}
	pixels := engine.Picture(p)
	out := js.Global().Get("Uint8ClampedArray").New(len(pixels))
	js.CopyBytesToJS(out, pixels)
	return out, nil
}

// cloud(class, part) returns points of random latents.
func cloud(args []js.Value) (any, error) {
	return floats(engine.Cloud(args[0].Int(), args[1].Int())), nil
}

// point(seed, moves, class, part) returns the point of a place.
func point(args []js.Value) (any, error) {
	p, err := place(args)
	if err != nil {
		return nil, err
	}
	return floats(engine.Values(p)), nil
}

// lines(seed, moves, class, part) returns the grid around a place.
func lines(args []js.Value) (any, error) {
	p, err := place(args)
	if err != nil {
		return nil, err
	}
	return floats(engine.Lines(p)), nil
}

// floats returns numbers as a Float32Array.
func floats(values []float32) js.Value {
	var content []byte
	for _, v := range values {
		content = binary.LittleEndian.AppendUint32(content, math.Float32bits(v))
	}
	out := js.Global().Get("Uint8Array").New(len(content))
	js.CopyBytesToJS(out, content)
	return js.Global().Get("Float32Array").New(out.Get("buffer"))
}
