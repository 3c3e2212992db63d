# Build Jekyll sites with the real jekyll, as a program of its own.
#
#     ruby jekyll_build.rb SITE...
#
# Prints a JSON list: per site an object from source (relative to the site) to [address, written file], of every
# document and page that was written; null where the build failed. Plugins that are not installed are left out.

require "json"
require "tmpdir"
require "jekyll"

# Debian's Jekyll reads YAML without the gem safe_yaml, to which `:title` is text: so it is here.
module Jekyll::Utils
  def safe_load_yaml(yaml)
    texts = yaml.gsub(/^(\s*[\w-]+:[ ]+)(:[a-z].*?)\s*$/) { "#{$1}#{$2.dump}" }
    Psych.safe_load(texts, :permitted_classes => [Date, Time], :aliases => true)
  end
end

def available(names)
  Array(names).select do |name|
    require name
    true
  rescue LoadError
    false
  end
end

def pages_of(site)
  Dir.mktmpdir do |output|
    Dir.chdir(site)
    config = Jekyll.configuration("source" => site, "destination" => output, "quiet" => true,
                                  "disable_disk_cache" => true)
    settings = Dir["_config.y*ml"].first
    source = settings && File.read(settings)[/^source:\s*(\S+)/, 1]
    config["source"] = File.expand_path(source || ".", site)
    config["plugins"] = available(config["plugins"])
    config["theme"] = nil
    built = Jekyll::Site.new(config)
    built.process
    documents = built.documents.select(&:write?) + built.pages.select { |page| page.path.end_with?("md") }
    documents.to_h do |document|
      path = document.destination(output)
      raise "#{path} was not written" unless File.file?(path)

      source = File.expand_path(document.path, config["source"])
      [source.delete_prefix("#{site}/"), [document.url, path.delete_prefix("#{output}/")]]
    end
  end
rescue StandardError => e
  warn "#{site}: #{e.class}: #{e.message}", *(ENV["V"] ? e.backtrace.first(12) : [])
  nil
end

# In a process of its own, in which Jekyll is loaded already.
def alone(site)
  reader, writer = IO.pipe
  child = fork do
    reader.close
    writer.write(JSON.generate(pages_of(site)))
    writer.close
    exit!(true)
  end
  writer.close
  answer = reader.read
  Process.wait(child)
  JSON.parse(answer)
end

real = $stdout.dup
$stdout.reopen($stderr)
real.puts JSON.generate(ARGV.map { |site| alone(File.realpath(site)) })
