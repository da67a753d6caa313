package datasets

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets/internal/datatest"
)

func TestLabels(t *testing.T) {
	many := map[string][]byte{}
	for i := range 4 {
		many[fmt.Sprintf("cat_%d.png", i)], many[fmt.Sprintf("Big Dog (%d).png", i)] = datatest.Red, datatest.Blue
	}
	names := datatest.Tree(t, many)
	odd := datatest.Tree(t, map[string][]byte{"IMG_1.png": datatest.Red, "IMG_2.png": datatest.Red, "flower.png": datatest.Blue, "tree.png": datatest.Blue})
	stems := datatest.Tree(t, map[string][]byte{"a.png": datatest.Red, "b.png": datatest.Red, "train.csv": []byte("id;breed\na;pug\nb;husky\n")})
	tests := []struct {
		name, source string
		o            Options
		want         []string // of the items; nil: none
		note         string
	}{
		{"table among them", "testdata/labels/table", Options{}, []string{"cat", "dog", "dog", "bird", "", "cat"}, "labels from the column label of labels.csv"},
		{"none", "testdata/labels/table", Options{Labels: "none"}, nil, ""},
		{"table by its path", "testdata/labels/table/img", Options{Labels: "testdata/labels/table/labels.csv"}, []string{"cat", "dog", "dog", "bird", "", "cat"}, "labels from the column label of labels.csv"},
		{"table beside", "testdata/labels/table/img", Options{Labels: "labels.csv"}, []string{"cat", "dog", "dog", "bird", "", "cat"}, ""},
		{"CelebA", "testdata/labels/celeba", Options{}, []string{"Smiling", "Smiling", "not Smiling", "not Smiling", "Smiling", "not Smiling"}, "labels from the column Smiling of list_attr_celeba.txt"},
		{"CelebA beside", "testdata/labels/celeba/img_align_celeba", Options{Attribute: "bald"}, []string{"not Bald", "not Bald", "not Bald", "Bald", "not Bald", "not Bald"}, "the column Bald of list_attr_celeba.txt"},
		{"names", names, Options{}, []string{"Big Dog", "Big Dog", "Big Dog", "Big Dog", "cat", "cat", "cat", "cat"}, "labels from the file names"},
		{"no pattern", odd, Options{}, nil, ""},
		{"names without endings", stems, Options{}, []string{"pug", "husky"}, "labels from the column breed of train.csv"},
	}
	for _, tt := range tests {
		set, err := Open(context.Background(), tt.source, tt.o, nil)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		_, labels := datatest.BytesOf(set)
		if tt.want == nil && len(set.Info().Labels) > 0 || tt.want != nil && !slices.Equal(labels, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, labels, tt.want)
		}
		if notes := strings.Join(set.Info().Notes, "; "); !strings.Contains(notes, tt.note) || tt.note != "" && strings.Contains(notes, "no picture") {
			t.Errorf("%s: notes %q, want %q", tt.name, notes, tt.note)
		}
	}
	bad := []struct {
		source string
		o      Options
		want   string
	}{
		{"testdata/labels/celeba", Options{Attribute: "Hungry"}, `no such column "Hungry": choose one of Bald, Smiling, Young`},
		{"testdata/labels/table", Options{Labels: "nowhere.csv"}, "there is no such file"},
		{"testdata/labels/table", Options{Labels: "testdata/points/header.csv"}, "none of its columns names the pictures"},
		{"testdata/labels/table", Options{Labels: "sub-folders"}, "choose none or folder"},
		{"testdata/points/header.csv", Options{Labels: "a.csv"}, "goes with pictures"},
	}
	for _, tt := range bad {
		if _, err := Open(context.Background(), tt.source, tt.o, nil); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s, %+v: %v, want %q", tt.source, tt.o, err, tt.want)
		}
	}
}

// A set knows the columns that its labels could be from; without labels it has none.
func TestAttributes(t *testing.T) {
	for _, o := range []Options{{}, {Attribute: "young"}, {Labels: "none"}} {
		set, err := Open(context.Background(), "testdata/labels/celeba", o, nil)
		if err != nil {
			t.Fatal(err)
		}
		want, from := []string{"Bald", "Smiling", "Young"}, "Smiling"
		switch {
		case o.Labels == "none":
			want, from = nil, ""
		case o.Attribute != "":
			from = "Young"
		}
		if info := set.Info(); !slices.Equal(info.Attributes, want) || info.Attribute != from {
			t.Errorf("%+v: %q of %q, want %q of %q", o, info.Attribute, info.Attributes, from, want)
		}
	}
}

// Sub-folders and CelebA's list give the labels that torchvision finds in them, a table those of
// pandas.
func TestLabelsAsTorchvision(t *testing.T) {
	var want struct {
		Celeba      map[string][]int
		Pets, Table map[string]string
	}
	datatest.Must(t, json.Unmarshal(datatest.Read(t, "labels", "read.json"), &want))
	labelled := func(source string, o Options) map[string]string {
		set, err := Open(context.Background(), source, o, nil)
		datatest.Must(t, err)
		_, labels := datatest.BytesOf(set)
		found := make(map[string]string)
		for i, l := range labels {
			found[OriginOf(set, i).Name] = l
		}
		return found
	}
	for _, tt := range []struct {
		source, within string
		want           map[string]string
	}{{"testdata/archives/pets.tar", "pets", want.Pets}, {"testdata/labels/table", "table", want.Table}} {
		got := labelled(tt.source, Options{})
		if len(got) != len(tt.want) {
			t.Errorf("%s: %v, want %v", tt.source, got, tt.want)
		}
		for path, label := range tt.want {
			if g := got[tt.within+"/"+path]; g != label {
				t.Errorf("%s: %s is %q, want %q (%v)", tt.source, path, g, label, got)
			}
		}
	}
	for name, values := range want.Celeba {
		set, err := Open(context.Background(), "testdata/labels/celeba", Options{Attribute: name}, nil)
		datatest.Must(t, err)
		_, labels := datatest.BytesOf(set)
		for i, v := range values {
			if w := map[int]string{1: name, -1: "not " + name}[v]; labels[i] != w {
				t.Errorf("%s: picture %d is %q, want %q", name, i+1, labels[i], w)
			}
		}
	}
}
