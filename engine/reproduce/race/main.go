// Command race judges pictures of digits that other programs made, as the table digits-race judges
// those of Ganvas: it prints their Fréchet distance from the test digits, in the features of the
// embedded classifier, and the shares of the rarest and the commonest digit.
//
//	python engine/reproduce/race/race.py datasets/data OUT tuned
//	go run ./engine/reproduce/race OUT/tuned-30.npy OUT/tuned-60.npy OUT/tuned-120.npy
package main

import (
	"context"
	"fmt"
	"os"

	"ganvas/datasets"
	"ganvas/engine/reproduce"
)

func main() {
	for _, name := range os.Args[1:] {
		if err := judge(context.Background(), name); err != nil {
			fmt.Fprintln(os.Stderr, "race:", err)
			os.Exit(1)
		}
	}
}

func judge(ctx context.Context, name string) error {
	set, err := datasets.Open(ctx, name, datasets.Options{Size: 28, Channels: 1, Labels: "none"}, nil)
	if err != nil {
		return err
	}
	const size = 28 * 28
	x := make([]float32, set.Len()*size)
	for i := range set.Len() {
		set.Read(i, x[i*size:(i+1)*size])
	}
	v, err := reproduce.JudgeDigits(ctx, x, set.Len())
	if err != nil {
		return err
	}
	_, err = fmt.Printf("%s: distance %.1f, rarest digit %.1f %%, commonest %.1f %%\n", name, v.Distance, v.Rarest, v.Commonest)
	return err
}
