package pytorch

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/engine/nn"
)

// Refusal returns an error that names what of the recipe a project of PyTorch cannot express, and
// what helps; nil if it can express all.
func (p Project) Refusal() error {
	r := p.Recipe
	refuse := func(what, why string) error {
		return fmt.Errorf("the PyTorch project cannot express %s of %s: %s", what, r.Name, why)
	}
	switch {
	case r.Balance > 0:
		return refuse("balance", "it skips updates of the winning player: set balance to 0")
	case r.Unroll > 0 && (r.Pack > 1 || r.Augment != "none" || r.InstanceNoise > 0 || r.Classes() || r.Generators > 1):
		return refuse("unroll with pack, augment, instance_noise, classes or generators", "it looks ahead in plain games alone: set unroll to 0")
	case r.Unroll > 0 && r.Discriminators > 1:
		return refuse("unroll with several discriminators", "it looks ahead in plain games alone: set unroll to 0")
	case r.Augment == "adaptive" && r.Discriminators > 1:
		return refuse("adaptive augment with several discriminators", "one of them must say how often pictures change: set discriminators to 1, or choose the changes")
	}
	in, seen := r.Inputs(p.Item)
	for _, of := range []struct {
		key    string
		layers []string
		in     nn.Shape
	}{{"g.layers", r.G.Layers, in}, {"d.layers", r.D.Layers, seen}} {
		for i, text := range of.layers {
			l, err := nn.ParseLayer(text)
			if err != nil {
				return err
			}
			if l.Kind == "gn" && pixelsBehind(of.layers, of.in, i) > 0 {
				why := "its groups are of a picture that is a list, whose numbers are in another order there: put it before flatten or behind unflatten"
				return refuse(fmt.Sprintf("layer %d %q of %s", i+1, text, of.key), why)
			}
		}
	}
	if _, role := r.Roles(len(p.Classes)); role.HasHeads() {
		if l, err := nn.ParseLayer(r.D.Layers[len(r.D.Layers)-1]); err == nil && l.Spectral && !role.ClassLogits {
			return refuse(fmt.Sprintf("layer %d %q of d.layers", len(r.D.Layers), l), "what is said besides is normalised with it: take the sn away")
		}
	}
	if p.Builtin {
		return nil
	}
	return p.refuseData(refuse)
}

// otherFiles are endings of data that are no folder of pictures, nor a zip file of one.
var otherFiles = strings.Fields(".npy .npz .parquet .csv .tsv .txt .json .jsonl .gz .bz2 .xz .zst .tar .tgz .7z .avi .gif .apng .tif .tiff .bin .idx .idx3-ubyte")

// refuseData is Refusal for data that are read from a folder.
func (p Project) refuseData(refuse func(what, why string) error) error {
	r := p.Recipe
	switch end := strings.ToLower(filepath.Ext(r.Data)); {
	case !p.Item.Picture():
		return refuse("data "+r.Data, "of your own data it reads folders of pictures alone: choose such a folder, or export weights alone, as safetensors")
	case slices.Contains(otherFiles, end):
		return refuse("data "+r.Data, "of your own data it reads folders of pictures alone: put the pictures into one")
	case r.LeaveOut != "":
		return refuse("leave_out", "it would take all pictures of the folder: take those that you leave out away from it")
	case r.HeldOut > 0:
		return refuse("held_out", "which pictures are held out it cannot tell: set held_out to 0")
	case r.Cell > 0:
		return refuse("cell", "it does not cut pictures into cells: set cell to 0")
	case r.Stride > 1:
		return refuse("stride", "it reads no videos: set stride to 1")
	case r.Labels != "none" && r.Labels != "folder":
		return refuse("labels "+lastName(r.Labels), "it takes labels from sub-folders alone: sort the pictures into one for each class")
	case r.SemiSupervised:
		return refuse("semi_supervised", "of your own data it cannot tell whose classes are known: set semi_supervised to false")
	case r.Channels == 4:
		return refuse("channels 4", "of your own data it reads grey and colour: set channels to 3")
	}
	return nil
}

func lastName(path string) string { return path[strings.LastIndexAny(path, `/\`)+1:] }

// pixelsBehind returns of how many pixels flat features that enter layer i are: those of a picture
// that was flattened before, or that they become; 0 if they are no picture's, or no flat features.
func pixelsBehind(layers []string, in nn.Shape, i int) int {
	shapes, err := nn.Infer(layers, in)
	if err != nil {
		return 0
	}
	enters := func(i int) nn.Shape {
		if i == 0 {
			return in
		}
		return shapes[i-1]
	}
	if enters(i).Picture() {
		return 0
	}
	for j := i - 1; j >= 0; j-- {
		l, _ := nn.ParseLayer(layers[j])
		if l.Kind == "flatten" && enters(j).Picture() {
			return enters(j)[0] * enters(j)[1]
		}
		if l.Kind == "linear" {
			break
		}
	}
	for j := i; j < len(layers); j++ {
		l, _ := nn.ParseLayer(layers[j])
		if l.Kind == "unflatten" {
			return shapes[j][0] * shapes[j][1]
		}
		if l.Kind == "linear" {
			break
		}
	}
	return 0
}
