// Package tensorboard writes the event files that TensorBoard reads: numbers, pictures, texts and
// hyper-parameters of a run. It does not read them.
package tensorboard

import (
	"encoding/binary"
	"hash/crc32"
	"io"
	"maps"
	"slices"

	"ganvas/engine/export/wire"
)

// A Writer writes one event file. After an error all else is left out: Err returns it.
type Writer struct {
	w   io.Writer
	err error
}

// NewWriter begins a file; at is when its run began, in seconds since 1970.
func NewWriter(w io.Writer, at float64) *Writer {
	const fileVersion = 3
	e := &Writer{w: w}
	e.event(0, at, wire.Text(nil, fileVersion, "brain.Event:2"))
	return e
}

// Err returns the first error.
func (w *Writer) Err() error { return w.err }

// Field numbers of event.proto, summary.proto, tensor.proto and the plugin of hyper-parameters, as
// far as they are written here.
//
// https://github.com/tensorflow/tensorboard/tree/master/tensorboard/compat/proto
const (
	eventTime    = 1
	eventStep    = 2
	eventSummary = 5

	summaryValue  = 1
	valueTag      = 1
	valueSimple   = 2
	valueImage    = 4
	valueTensor   = 8
	valueMetadata = 9

	metadataPlugin = 1
	pluginName     = 1
	pluginContent  = 2

	imageHeight  = 1
	imageWidth   = 2
	imageColours = 3
	imageBytes   = 4

	tensorType   = 1
	tensorShape  = 2
	tensorString = 8
	stringType   = 7

	hparamsStart = 3
	hparamsEnd   = 4
)

// A Number is a value with its tag.
type Number struct {
	Tag   string
	Value float32
}

// Numbers notes what was measured at a step, at a time.
func (w *Writer) Numbers(step int64, at float64, numbers []Number) {
	var values [][]byte
	for _, n := range numbers {
		v := wire.Text(nil, valueTag, n.Tag)
		values = append(values, wire.Float(v, valueSimple, n.Value))
	}
	w.summary(step, at, values...)
}

// Picture notes a PNG file of a size in pixels.
func (w *Writer) Picture(step int64, at float64, tag string, png []byte, width, height int) {
	const rgb = 3
	image := wire.Int(nil, imageHeight, int64(height))
	image = wire.Int(image, imageWidth, int64(width))
	image = wire.Int(image, imageColours, rgb)
	image = wire.Message(image, imageBytes, png)
	w.summary(step, at, wire.Message(wire.Text(nil, valueTag, tag), valueImage, image))
}

// Text notes a text in Markdown.
func (w *Writer) Text(at float64, tag, text string) {
	t := wire.Int(nil, tensorType, stringType)
	t = wire.Message(t, tensorShape, nil)
	t = wire.Text(t, tensorString, text)
	v := wire.Message(wire.Text(nil, valueTag, tag), valueTensor, t)
	w.summary(0, at, wire.Message(v, valueMetadata, plugin("text", nil)))
}

// Settings notes the run's hyper-parameters: texts, numbers (float64) and truths, by their names.
func (w *Writer) Settings(settings map[string]any, begun, ended float64) {
	const (
		parameters, startTime = 1, 5
		status, endTime       = 1, 2
		key, value            = 1, 2
		number, text, truth   = 2, 3, 4
		success               = 1
	)
	var start []byte
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		var v []byte
		switch x := settings[name].(type) {
		case float64:
			v = wire.Double(v, number, x)
		case bool:
			n := int64(0)
			if x {
				n = 1
			}
			v = wire.Int(v, truth, n)
		case string:
			v = wire.Text(v, text, x)
		default:
			panic("tensorboard: setting " + name + " of another type")
		}
		start = wire.Message(start, parameters, wire.Message(wire.Text(nil, key, name), value, v))
	}
	start = wire.Double(start, startTime, begun)
	end := wire.Double(wire.Int(nil, status, success), endTime, ended)
	w.hparams("_hparams_/session_start_info", begun, hparamsStart, start)
	w.hparams("_hparams_/session_end_info", ended, hparamsEnd, end)
}

func (w *Writer) hparams(tag string, at float64, field wire.Number, content []byte) {
	v := wire.Text(nil, valueTag, tag)
	w.summary(0, at, wire.Message(v, valueMetadata, plugin("hparams", wire.Message(nil, field, content))))
}

func plugin(name string, content []byte) []byte {
	p := wire.Text(nil, pluginName, name)
	if content != nil {
		p = wire.Message(p, pluginContent, content)
	}
	return wire.Message(nil, metadataPlugin, p)
}

func (w *Writer) summary(step int64, at float64, values ...[]byte) {
	var s []byte
	for _, v := range values {
		s = wire.Message(s, summaryValue, v)
	}
	w.event(step, at, wire.Message(nil, eventSummary, s))
}

// event writes a record: its length, a checksum of that, the event, and a checksum of it.
//
// https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details
func (w *Writer) event(step int64, at float64, what []byte) {
	if w.err != nil {
		return
	}
	e := wire.Double(nil, eventTime, at)
	e = append(wire.Int(e, eventStep, step), what...)
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(e)))
	b = binary.LittleEndian.AppendUint32(b, checksum(b))
	b = append(b, e...)
	b = binary.LittleEndian.AppendUint32(b, checksum(e))
	_, w.err = w.w.Write(b)
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksum is the masked CRC of the format: that of data that hold checksums is no problem.
func checksum(b []byte) uint32 {
	sum := crc32.Checksum(b, castagnoli)
	return (sum>>15 | sum<<17) + 0xa282ead8
}
