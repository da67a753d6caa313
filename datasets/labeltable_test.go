package datasets

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"ganvas/datasets/internal/datatest"
)

// Tables name pictures in many ways, and give the labels in all of them; what they do not say is
// said.
func TestLabelTables(t *testing.T) {
	files := func(names []string, more map[string]string) map[string][]byte {
		out := make(map[string][]byte)
		for i, name := range names {
			out[name] = [][]byte{datatest.Red, datatest.Blue}[i%2]
		}
		for name, text := range more {
			out[name] = []byte(text)
		}
		return out
	}
	table := func(name, text string) map[string]string { return map[string]string{name: text} }
	four := []string{"1.png", "2.png", "3.png", "4.png"}
	nested := []string{"00000/a1.png", "00000/a2.png", "00001/a3.png", "00001/a4.png"}
	split := []string{"train/1.png", "train/2.png", "test/1.png", "test/2.png"}
	abab := []string{"a", "b", "a", "b"}
	tests := []struct {
		name  string
		files map[string][]byte
		want  []string // in the order of the pictures' names
		note  string   // "": nothing is said but where the labels are from
	}{
		{"no header", files(four, table("labels.csv", "1.png,a\n2.png,b\n3.png,a\n4.png,b\n")), abab, "labels from column 2 of labels.csv"},
		{"no header, no endings", files([]string{"p.png", "q.png", "r.png", "s.png"}, table("labels.csv", "p,a\nq,b\nr,a\ns,b\n")), abab, ""},
		{"no header, the first file is missing", files(four, table("labels.csv", "0.png,c\n1.png,a\n2.png,b\n3.png,a\n4.png,b\n")), abab, "1 row of the labels names no picture"},
		{"a picture called as the header", files([]string{"file.png", "x.png", "y.png", "z.png"}, table("labels.csv", "file,label\nfile.png,a\nx.png,b\ny.png,a\nz.png,b\n")), abab, "labels from the column label of labels.csv"},
		{"hashes", files([]string{"#1.png", "#2.png", "#3.png", "#4.png"}, table("labels.csv", "file,label\n#1.png,a\n#2.png,b\n#3.png,a\n#4.png,b\n")), abab, ""},
		{"one hash, and a remark", files([]string{"#1.png", "2.png", "3.png", "4.png"}, table("labels.csv", "# by hand\nfile,label\n#1.png,a\n2.png,b\n3.png,a\n4.png,b\n")), abab, ""},
		{"another case", files([]string{"IMG_1.PNG", "IMG_2.PNG", "IMG_3.PNG", "IMG_4.PNG"}, table("labels.csv", "file,label\nimg_1.png,a\nimg_2.png,b\nimg_3.png,a\nimg_4.png,b\n")), abab, ""},
		{"files that differ in case only", files([]string{"A.png", "B.png", "a.png", "b.png"}, table("labels.csv", "file,label\nA.png,a\nB.png,b\na.png,a\nb.png,b\n")), abab, ""},
		{"accents in two pieces on disk", files([]string{"a\u0308.png", "e\u0301.png", "o\u0308.png", "u\u0308.png"}, table("labels.csv", "file,label\nä.png,a\né.png,b\nö.png,a\nü.png,b\n")), abab, ""},
		{"accents in two pieces in the table", files([]string{"ä.png", "é.png", "ö.png", "ü.png"}, table("labels.csv", "file,label\na\u0308.png,a\ne\u0301.png,b\no\u0308.png,a\nu\u0308.png,b\n")), abab, ""},
		{"dots and slashes", files(four, table("labels.csv", "file,label\n./1.png,a\n.\\2.png,b\nC:\\data\\3.png,a\n/home/x/4.png,b\n")), abab, ""},
		{"quotes and spaces", files(four, table("labels.csv", "file,label\n\"1.png\", a\n 2.png ,b\n\"3.png\",\"a\"\n4.png,b \n")), abab, ""},
		{"quotes within", files([]string{`a"1.png`, "2.png", "3.png", "4.png"}, table("labels.csv", "file,label\na\"1.png,b\n2.png,a\n3.png,b\n4.png,a\n")), abab, ""},
		{"without endings", files(four, table("labels.csv", "id,label\n1,a\n2,b\n3,a\n4,b\n")), abab, ""},
		{"with other endings", files(four, table("labels.csv", "file,label\n1.jpg,a\n2.jpeg,b\n3.TIF,a\n4.jpg,b\n")), abab, ""},
		{"semicolons and a byte order mark", files(four, table("labels.csv", "\ufefffile;label\n1.png;a\n2.png;b\n3.png;a\n4.png;b\n")), abab, ""},
		{"Excel's sep", files(four, table("labels.csv", "sep=;\r\nfile;label\r\n1.png;a\r\n2.png;b\r\n3.png;a\r\n4.png;b\r\n")), abab, ""},
		{"carriage returns", files(four, table("labels.csv", "file,label\r1.png,a\r2.png,b\r3.png,a\r4.png,b\r")), abab, ""},
		{"one without", files(four, table("labels.csv", "file,label\n1.png,a\n2.png,b\n3.png,a\n")), []string{"a", "b", "a", ""}, "1 picture has no label"},
		{"two for one", files(four, table("labels.csv", "file,label\n1.png,c\n1.png,a\n2.png,b\n3.png,a\n4.png,b\n")), abab, "1 picture has several labels: the last one counts"},
		{"StyleGAN", files(nested, table("dataset.json", `{"labels": [["00000/a1.png", 0], ["00000/a2.png", 1], ["00001/a3.png", 0], ["00001/a4.png", 1]]}`)), []string{"0", "1", "0", "1"}, "labels from the column label of dataset.json"},
		{"StyleGAN without labels", files(nested, table("dataset.json", `{"labels": null}`)), nil, "dataset.json gives no labels: it says that there are none"},
		{"StyleGAN without labels or folders", files(four, table("dataset.json", `{"labels": null}`)), nil, "dataset.json gives no labels: it says that there are none"},
		{"Hugging Face, lines", files(four, table("metadata.jsonl", "{\"file_name\": \"1.png\", \"label\": \"a\"}\n{\"file_name\": \"2.png\", \"label\": \"b\"}\n{\"file_name\": \"3.png\", \"label\": \"a\"}\n{\"file_name\": \"4.png\", \"label\": \"b\"}\n")), abab, "labels from the column label of metadata.jsonl"},
		{"Hugging Face, a line of it damaged", files(four, table("metadata.jsonl", "{\"file_name\": \"1.png\", \"label\": \"a\"}\n{\"file_name\": \"2.png\", \"la\n{\"file_name\": \"3.png\", \"label\": \"a\"}\n{\"file_name\": \"4.png\", \"label\": \"b\"}\n")), []string{"a", "", "a", "b"}, "1 row of the labels names no picture, or more than one, or cannot be read"},
		{"Hugging Face, CSV", files(four, table("metadata.csv", "file_name,text,label\n1.png,one,a\n2.png,two,b\n3.png,three,a\n4.png,four,b\n")), abab, "labels from the column label of metadata.csv"},
		{"Hugging Face, a table in each part", files(split, map[string]string{
			"train/metadata.csv": "file_name,label\n1.png,a\n2.png,b\n", "test/metadata.csv": "file_name,label\n1.png,b\n2.png,a\n",
		}), []string{"b", "a", "a", "b"}, ""},
		{"Hugging Face, captions in folders of classes", files([]string{"cat/1.png", "cat/2.png", "dog/3.png", "dog/4.png"}, table("metadata.jsonl", "{\"file_name\": \"cat/1.png\", \"text\": \"one\"}\n")), []string{"cat", "cat", "dog", "dog"}, "metadata.jsonl was not asked for labels, since the sub-folders have them"},
		{"parts of a set in it", files(four, table("labels.csv", "file,split,sort\n1.png,train,a\n2.png,test,b\n3.png,train,a\n4.png,test,b\n")), abab, "labels from the column sort of labels.csv"},
		{"parts of a set alone", files(four, table("labels.csv", "file,set\n1.png,train\n2.png,test\n3.png,train\n4.png,test\n")), nil, "labels.csv gives no labels: no column of labels"},
		{"no names in it", files(four, table("labels.csv", "file,label\nx.png,a\ny.png,b\n")), nil, "labels.csv gives no labels: none of its columns names the pictures"},
		{"no words in it", files(four, table("labels.csv", "file,label\n1.png,a\n")), []string{"a", "", "", ""}, "3 pictures have no label"},
		{"damaged", files(four, table("metadata.jsonl", "{\"file_name\": \n")), nil, "metadata.jsonl gives no labels: "},
		{"text that is no table", files(four, table("README.txt", "Pictures of things.\n")), nil, "1 other file that is no picture"},
	}
	for _, tt := range tests {
		set, err := Open(context.Background(), datatest.Tree(t, tt.files), Options{}, nil)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		_, labels := datatest.BytesOf(set)
		info := set.Info()
		if tt.want == nil && len(info.Labels) > 0 || tt.want != nil && !slices.Equal(labels, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, labels, tt.want)
		}
		if notes := strings.Join(info.Notes, "; "); !strings.Contains(notes, tt.note) || tt.note == "" && len(info.Notes) > 1+strings.Count(notes, "parts of one set") {
			t.Errorf("%s: notes %q, want %q", tt.name, notes, tt.note)
		}
	}
}

// A column that is asked for comes before sub-folders.
func TestAttributeBeforeFolders(t *testing.T) {
	dir := datatest.Tree(t, map[string][]byte{"x/1.png": datatest.Red, "x/2.png": datatest.Blue, "y/3.png": datatest.Red, "labels.csv": []byte("file,kind,size\n1.png,a,big\n2.png,b,small\n3.png,a,big\n")})
	for attribute, want := range map[string][]string{"": {"x", "x", "y"}, "kind": {"a", "b", "a"}, "size": {"big", "small", "big"}} {
		set, err := Open(context.Background(), dir, Options{Attribute: attribute}, nil)
		datatest.Must(t, err)
		if _, labels := datatest.BytesOf(set); !slices.Equal(labels, want) {
			t.Errorf("%q: %q, want %q (%v)", attribute, labels, want, set.Info().Notes)
		}
	}
}

// Labels stand in Parquet, too: Hugging Face's metadata.parquet, or a table that is asked for.
func TestLabelsInParquet(t *testing.T) {
	type row struct {
		File  string `parquet:"file_name"`
		Label string `parquet:"label"`
	}
	dir := datatest.Tree(t, map[string][]byte{"1.png": datatest.Red, "2.png": datatest.Blue, "3.png": datatest.Red})
	datatest.Must(t, parquet.WriteFile(filepath.Join(dir, "metadata.parquet"), []row{{"1.png", "a"}, {"2.png", "b"}, {"3.png", "a"}}))
	for _, o := range []Options{{}, {Labels: "metadata.parquet"}, {Labels: filepath.Join(dir, "metadata.parquet")}} {
		set, err := Open(context.Background(), dir, o, nil)
		datatest.Must(t, err)
		if _, labels := datatest.BytesOf(set); !slices.Equal(labels, []string{"a", "b", "a"}) {
			t.Errorf("%q: %q (%v)", o.Labels, labels, set.Info().Notes)
		}
	}
}

// The parts of a set are no labels, however they are called; what only begins like one is.
func TestSplits(t *testing.T) {
	tests := []struct {
		folders []string // of the pictures
		want    []string
		note    string
	}{
		{[]string{"test/cat", "test/dog", "train/cat", "train/dog"}, []string{"cat", "dog", "cat", "dog"}, "the folders test and train are parts of one set, not labels: all were taken"},
		{[]string{"Test", "Train", "Val"}, nil, "the folders Test, Train and Val are parts of one set"},
		{[]string{"train", "validation", "validation"}, nil, "parts of one set"},
		{[]string{"train2017/a", "train2017/b", "val2017/a"}, []string{"a", "b", "a"}, "parts of one set"},
		{[]string{"seg_test/x", "seg_train/x"}, []string{"seg_test", "seg_train"}, ""},
		{[]string{"testing_set/x", "training_set/y"}, []string{"x", "y"}, "parts of one set"},
		{[]string{"bus", "car", "train"}, []string{"bus", "car", "train"}, ""},
		{[]string{"testA", "testB", "trainA", "trainB"}, []string{"A", "B", "A", "B"}, "parts of one set"},
		{[]string{"cat/test", "cat/train", "dog/test"}, []string{"cat", "cat", "dog"}, ""},
		{[]string{"train/a", "train/b"}, []string{"a", "b"}, ""},
	}
	for _, tt := range tests {
		files := make(map[string][]byte)
		for i, folder := range tt.folders {
			files[fmt.Sprintf("set/%s/%d.png", folder, i)] = [][]byte{datatest.Red, datatest.Blue}[i%2]
		}
		set, err := Open(context.Background(), datatest.Tree(t, files), Options{}, nil)
		datatest.Must(t, err)
		_, labels := datatest.BytesOf(set)
		if tt.want == nil && len(set.Info().Labels) > 0 || tt.want != nil && !slices.Equal(labels, tt.want) {
			t.Errorf("%q: %q, want %q", tt.folders, labels, tt.want)
		}
		if notes := strings.Join(set.Info().Notes, "; "); !strings.Contains(notes, tt.note) || tt.note == "" && strings.Contains(notes, "part") {
			t.Errorf("%q: notes %q, want %q", tt.folders, notes, tt.note)
		}
	}
	// The parts, dropped one beside the other.
	dir := datatest.Tree(t, map[string][]byte{"train/cat/1.png": datatest.Red, "train/dog/1.png": datatest.Blue, "test/cat/2.png": datatest.Red})
	set, err := OpenAll(context.Background(), []string{filepath.Join(dir, "train"), filepath.Join(dir, "test")}, Options{}, nil)
	datatest.Must(t, err)
	if _, labels := datatest.BytesOf(set); !slices.Equal(labels, []string{"cat", "cat", "dog"}) {
		t.Errorf("%q", labels)
	}
	// Nor are they in the names of files.
	dir = datatest.Tree(t, map[string][]byte{"train_1.png": datatest.Red, "train_2.png": datatest.Blue, "test_1.png": datatest.Red, "test_2.png": datatest.Blue})
	set, err = Open(context.Background(), dir, Options{}, nil)
	datatest.Must(t, err)
	if len(set.Info().Labels) > 0 {
		t.Errorf("labels %q from the names of parts", set.Info().Labels)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Error(err)
	}
}
