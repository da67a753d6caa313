// Train makes the classifier of digits that is embedded in package classifier: on the training half
// of MNIST alone, the same bits whenever it is called on one kind of processor. It prints the share
// of the test half that the result names rightly, which is Accuracy there.
//
//	train DIGITS.safetensors.gz
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/classifier"
	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/optim"
)

const (
	seed   = 1
	batch  = 100
	epochs = 10
	rate   = 1e-3 // falls to 0 along a cosine
	shift  = 2    // pixels by which each digit is moved at most, in both directions, whenever it is shown
	size   = classifier.Side * classifier.Side
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("train: ")
	if len(os.Args) != 2 {
		log.Fatal("usage: train DIGITS.safetensors.gz")
	}
	if err := train(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func train(out string) error {
	digits, err := datasets.Open(context.Background(), "digits", datasets.Options{}, nil)
	if err != nil {
		return err
	}
	n, err := nn.New(classifier.Layers, nn.Shape{classifier.Side, classifier.Side, 1})
	if err != nil {
		return err
	}
	n.Init("kaiming", gan.NewStream(seed, "init").Rand)
	if err := learn(n, digits); err != nil {
		return err
	}
	for _, p := range n.Params {
		round(p.Value.Data)
	}
	right, total, err := examine(n)
	if err != nil {
		return err
	}
	fmt.Printf("%d of %d test digits right: accuracy %.4f\n", right, total, float64(right)/float64(total))
	return write(n, out)
}

// learn minimises the cross-entropy with Adam.
func learn(n *nn.Net, digits datasets.Set) error {
	o, err := optim.New(optim.Config{Name: "adam", LR: rate, Beta1: 0.9, Beta2: 0.999}, n.Params)
	if err != nil {
		return err
	}
	loader := datasets.NewLoader(digits, seed, false)
	moves := gan.NewStream(seed, "shift").Rand
	steps := int64(epochs * digits.Len() / batch)
	tape := grad.NewTape()
	items, moved := make([]float32, batch*size), make([]float32, batch*size)
	labels, classes := make([]int, batch), make([]int32, batch)
	for step := range steps {
		loader.Next(batch, items, labels)
		for i := range batch {
			move(moved[i*size:(i+1)*size], items[i*size:(i+1)*size], moves)
		}
		tape.Reset()
		b := n.Bind(tape, true, nil)
		out := b.Forward(tape.View(moved, batch, classifier.Side, classifier.Side, 1), nn.Train)
		for i, l := range labels {
			classes[i] = int32(l)
		}
		entropy := grad.CrossEntropy(out, classes)
		loss := entropy.Scalar()
		o.Step(grad.GradOnce(entropy, b.Values...), optim.Decay("cosine", step, steps, 0))
		if step%500 == 0 || step == steps-1 {
			fmt.Fprintf(os.Stderr, "step %d of %d: loss %.4f\n", step+1, steps, loss)
		}
	}
	return nil
}

// move writes src to dst, moved by up to shift pixels on a background of −1.
func move(dst, src []float32, random *rand.Rand) {
	dx, dy := random.IntN(2*shift+1)-shift, random.IntN(2*shift+1)-shift
	for y := range classifier.Side {
		for x := range classifier.Side {
			v := float32(-1)
			if sx, sy := x-dx, y-dy; sx >= 0 && sx < classifier.Side && sy >= 0 && sy < classifier.Side {
				v = src[sy*classifier.Side+sx]
			}
			dst[y*classifier.Side+x] = v
		}
	}
}

// round leaves eleven significant bits, as in half precision, which compress to half.
func round(x []float32) {
	for i, v := range x {
		x[i] = math.Float32frombits((math.Float32bits(v) + 1<<12) &^ (1<<13 - 1))
	}
}

// examine counts the digits of the test half that the network names rightly.
func examine(n *nn.Net) (right, total int, err error) {
	test, err := datasets.Open(context.Background(), "digits-test", datasets.Options{}, nil)
	if err != nil {
		return 0, 0, err
	}
	x := make([]float32, test.Len()*size)
	labels := make([]int, test.Len())
	for i := range labels {
		labels[i] = test.Read(i, x[i*size:(i+1)*size])
	}
	_, said := classifier.Of(n).Look(x, len(labels))
	for i, l := range labels {
		if said[i] == l {
			right++
		}
	}
	return right, len(labels), nil
}

// write packs the weights.
func write(n *nn.Net, path string) error {
	s := &ckpt.State{Meta: map[string]string{"layers": fmt.Sprint(classifier.Layers)}}
	for _, p := range n.Params {
		s.Entries = append(s.Entries, ckpt.Entry{Name: p.Name, DType: "F32", Shape: p.Value.Shape, F32: p.Value.Data})
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	if err := ckpt.EncodeSafetensors(z, s); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}
